import { monotonicMs, nowMs } from '../../clock';
import type { FindServer } from './find-server';
import { createRedisClient, type RedisClient } from './client';

/** Receives the changes of a connection; `away` and `back` are each called once per outage. */
export interface ConnectionListener {
  ready?: () => void;
  away?: (error: Error) => void;
  back?: () => void;
}

/** The state of a connection. */
export interface ConnectionState {
  /** Since when it is disconnected, in Unix milliseconds; `null` while it is connected. */
  awaySinceMs: number | null;
  /** The round trip of the last ping, or the wait of the pending one if longer; in milliseconds. */
  pingMs: number | null;
}

/** One connection to Redis, which reconnects by itself. */
export interface RedisConnection {
  /** Connects, and reconnects until it is closed. */
  open(): void;
  isReady(): boolean;
  state(): ConnectionState;
  /** Sends one command; rejects immediately while disconnected. */
  send(...command: string[]): Promise<unknown>;
  close(): void;
}

const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 2000;

const PING_PERIOD_MS = 1000;

/** A connection counts as lost after this many periods without a reply to a ping. */
const MAX_UNANSWERED_PINGS = 5;

/** Errors of a server that no longer holds the keys. */
const MOVED_ON = /^(MOVED|READONLY) /;

/** An attempt to connect; `wasReported` tells whether `away` was called for this outage. */
interface Connecting {
  type: 'connecting';
  client: RedisClient | null;
  awaySinceMs: number;
  wasReported: boolean;
}

interface Ready {
  type: 'ready';
  client: RedisClient;
  unansweredPings: number;
}

/** The pause before the next attempt. */
interface Away {
  type: 'away';
  awaySinceMs: number;
  nextTry: NodeJS.Timeout;
}

type State = Connecting | Ready | Away | { type: 'closed' };

/**
 * Creates a connection; each attempt to connect looks up the current server.
 *
 * The connection is ready once `probeKey` was written. A replica refuses the write, and so does a
 * node of a cluster that does not hold the key.
 */
export function createRedisConnection(
  findServer: FindServer,
  probeKey: string,
  listener: ConnectionListener = {},
): RedisConnection {
  let state: State = { type: 'closed' };
  let failedTries = 0;
  let pulse: NodeJS.Timeout | null = null;
  let pingedAtMs: number | null = null;
  let roundTripMs: number | null = null;

  function connect(awaySinceMs: number, wasReported: boolean): void {
    const attempt: Connecting = { type: 'connecting', client: null, awaySinceMs, wasReported };
    state = attempt;
    establish(attempt).catch((error: unknown) => {
      if (state === attempt) lose(attempt, error);
    });
  }

  async function establish(attempt: Connecting): Promise<void> {
    const client = await createRedisClient(await findServer());
    if (state !== attempt) return;
    attempt.client = client;
    client.on('error', (error) => loseClient(client, error));
    await client.connect();
    await client.sendCommand(['SET', probeKey, '', 'PX', '1']);
    if (state === attempt) becomeReady(attempt, client);
  }

  function becomeReady({ wasReported }: Connecting, client: RedisClient): void {
    if (wasReported) listener.back?.();
    state = { type: 'ready', client, unansweredPings: 0 };
    failedTries = 0;
    pingedAtMs = null;
    listener.ready?.();
  }

  function loseClient(client: RedisClient, error: unknown): void {
    if ((state.type === 'connecting' || state.type === 'ready') && state.client === client) {
      lose(state, error);
    }
  }

  function lose(lost: Connecting | Ready, error: unknown): void {
    const isFirstReport = lost.type === 'ready' || !lost.wasReported;
    const awaySinceMs = lost.type === 'ready' ? nowMs() : lost.awaySinceMs;
    const nextTry = setTimeout(() => connect(awaySinceMs, true), pauseMs(failedTries)).unref();
    state = { type: 'away', awaySinceMs, nextTry };
    failedTries += 1;
    if (lost.client?.isOpen) lost.client.destroy();
    if (isFirstReport) listener.away?.(error instanceof Error ? error : new Error(String(error)));
  }

  /**
   * Sending counts as traffic for the socket's timeout, so only a reply shows that it is connected.
   */
  function ping(): void {
    if (state.type !== 'ready') return;
    const pinged = state;
    pinged.unansweredPings += 1;
    if (pinged.unansweredPings > MAX_UNANSWERED_PINGS) {
      lose(pinged, new Error('no reply to pings'));
      return;
    }
    if (pinged.unansweredPings > 1) return;
    const sentAtMs = monotonicMs();
    pingedAtMs = sentAtMs;
    const answered = (): void => {
      pinged.unansweredPings = 0;
      pingedAtMs = null;
      roundTripMs = monotonicMs() - sentAtMs;
    };
    pinged.client.sendCommand(['PING']).then(answered, () => undefined);
  }

  return {
    open() {
      connect(nowMs(), false);
      pulse = setInterval(ping, PING_PERIOD_MS).unref();
    },

    isReady: () => state.type === 'ready' && state.client.isReady,

    state() {
      const awaySinceMs = 'awaySinceMs' in state ? state.awaySinceMs : null;
      if (pingedAtMs === null) return { awaySinceMs, pingMs: roundTripMs };
      return { awaySinceMs, pingMs: Math.max(roundTripMs ?? 0, monotonicMs() - pingedAtMs) };
    },

    async send(...command) {
      if (state.type !== 'ready' || !state.client.isReady)
        throw new Error('Redis is not connected');
      const { client } = state;
      try {
        return await client.sendCommand(command);
      } catch (error) {
        const hasMoved = error instanceof Error && MOVED_ON.test(error.message);
        if (hasMoved) loseClient(client, error);
        throw error;
      }
    },

    close() {
      const before = state;
      state = { type: 'closed' };
      if (pulse) clearInterval(pulse);
      if (before.type === 'away') clearTimeout(before.nextTry);
      if ('client' in before && before.client?.isOpen) before.client.destroy();
    },
  };
}

/** Doubles the pause with each attempt, with jitter to spread the reconnects of instances. */
function pauseMs(retries: number): number {
  const steady = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(retries, 10), MAX_PAUSE_MS);
  return Math.round(steady * (0.75 + Math.random() / 4));
}
