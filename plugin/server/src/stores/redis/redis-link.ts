import { monotonicMs, nowMs } from '../../clock';

/** What is heard of a connection: once when it is lost, or cannot be made, and once when it is there again. */
export interface LinkListener {
  ready?: () => void;
  away?: (error: Error) => void;
  back?: () => void;
}

/** How a connection is doing. */
export interface LinkState {
  /** Since when there is none, in Unix milliseconds; `null` while there is. */
  awaySinceMs: number | null;
  /** Milliseconds that the last ping took, or that the one under way has waited if that is more. */
  pingMs: number | null;
}

/** One connection to Redis, which comes back by itself whenever it is lost. */
export interface RedisLink {
  /** Begins to connect, and goes on until it is closed. */
  open(): void;
  isReady(): boolean;
  state(): LinkState;
  /** Sends one command; rejects at once while there is no connection. */
  send(...command: string[]): Promise<unknown>;
  close(): void;
}

/** The part of a client of the `redis` package that is used here. */
interface Client {
  readonly isReady: boolean;
  readonly isOpen: boolean;
  on(event: 'ready', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  connect(): Promise<unknown>;
  sendCommand(command: string[]): Promise<unknown>;
  destroy(): void;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;

const PING_PERIOD_MS = 1000;

/** A connection that leaves a ping unanswered for so many periods was cut off silently. */
const PATIENCE_PERIODS = 5;

/** The same for one on which nothing is sent either, such as while it is being made. */
const SILENCE_MS = PATIENCE_PERIODS * PING_PERIOD_MS;

/** More commands than this are not kept waiting for an answer. */
const MAX_WAITING = 10_000;

/** Makes a link with options of the `redis` package, which is loaded when the link is opened. */
export function createRedisLink(
  options: Record<string, unknown>,
  listener: LinkListener = {},
): RedisLink {
  let client: Client | null = null;
  let closed = false;
  let isAway = false;
  let pulse: NodeJS.Timeout | null = null;
  let periodsUnanswered = 0;
  let awaySinceMs: number | null = null;
  let pingedAtMs: number | null = null;
  let roundTripMs: number | null = null;

  function fail(error: Error): void {
    if (!isAway && !closed) listener.away?.(error);
    isAway = true;
    awaySinceMs ??= nowMs();
  }

  function arrive(): void {
    if (isAway) listener.back?.();
    isAway = false;
    periodsUnanswered = 0;
    awaySinceMs = null;
    pingedAtMs = null;
    listener.ready?.();
  }

  async function connect(): Promise<void> {
    const { createClient } = await import('redis');
    if (closed) return;
    const socket = typeof options.socket === 'object' ? options.socket : {};
    // The package's own types follow every module that it could load.
    const own: Client = createClient({
      ...options,
      disableOfflineQueue: true,
      commandsQueueMaxLength: MAX_WAITING,
      socket: { ...socket, socketTimeout: SILENCE_MS, reconnectStrategy: pauseMs },
    });
    own.on('error', (error) => own === client && fail(error));
    own.on('ready', () => own === client && arrive());
    client = own;
    await own.connect();
  }

  function begin(): void {
    connect().catch((error: unknown) => {
      fail(error instanceof Error ? error : new Error(String(error)));
    });
  }

  /** A socket counts what it sends as life, so that only an answer shows that it is connected. */
  function ping(): void {
    if (!client?.isReady) return;
    periodsUnanswered += 1;
    if (periodsUnanswered > PATIENCE_PERIODS) {
      fail(new Error('it does not answer'));
      client.destroy();
      begin();
      return;
    }
    if (periodsUnanswered > 1) return;
    const sentAtMs = monotonicMs();
    pingedAtMs = sentAtMs;
    const answered = (): void => {
      periodsUnanswered = 0;
      pingedAtMs = null;
      roundTripMs = monotonicMs() - sentAtMs;
    };
    client.sendCommand(['PING']).then(answered, () => undefined);
  }

  return {
    open() {
      awaySinceMs = nowMs();
      begin();
      pulse = setInterval(ping, PING_PERIOD_MS).unref();
    },

    isReady: () => client?.isReady ?? false,

    state() {
      if (pingedAtMs === null) return { awaySinceMs, pingMs: roundTripMs };
      return { awaySinceMs, pingMs: Math.max(roundTripMs ?? 0, monotonicMs() - pingedAtMs) };
    },

    async send(...command) {
      if (!client?.isReady) throw new Error('Redis is away');
      return await client.sendCommand(command);
    },

    close() {
      closed = true;
      if (pulse) clearInterval(pulse);
      if (client?.isOpen) client.destroy();
    },
  };
}

/** Doubles the pause from try to try, a little uneven so that instances do not come back as one. */
function pauseMs(retries: number): number {
  const steady = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(retries, 10), LONGEST_PAUSE_MS);
  return Math.round(steady * (0.75 + Math.random() / 4));
}
