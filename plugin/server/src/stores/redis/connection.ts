import { monotonicMs, nowMs } from '../../clock';
import type { FindServer } from './find-server';
import { makeClient, type ClientOptions, type RedisClient } from './client';

/** What is heard of a connection: once when it is lost, or cannot be made, and once when it is there again. */
export interface ConnectionListener {
  ready?: () => void;
  away?: (error: Error) => void;
  back?: () => void;
}

/** How a connection is doing. */
export interface ConnectionState {
  /** Since when there is none, in Unix milliseconds; `null` while there is. */
  awaySinceMs: number | null;
  /** Milliseconds that the last ping took, or that the one under way has waited if that is more. */
  pingMs: number | null;
}

/** One connection to Redis, which comes back by itself whenever it is lost. */
export interface RedisConnection {
  /** Begins to connect, and goes on until it is closed. */
  open(): void;
  isReady(): boolean;
  state(): ConnectionState;
  /** Sends one command; rejects at once while there is no connection. */
  send(...command: string[]): Promise<unknown>;
  close(): void;
}

const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 2000;

const PING_PERIOD_MS = 1000;

/** A connection that leaves a ping unanswered for so many periods was cut off silently. */
const MAX_UNANSWERED_PINGS = 5;

/** Answers of a server that is no longer the one that holds the keys. */
const MOVED_ON = /^(MOVED|READONLY) /;

/**
 * Makes a link to wherever the server is at the time, which is looked up anew for each connection.
 * It is there once `probeKey` could be written: a replica refuses that, as does a node of a cluster
 * that has other keys.
 */
export function createRedisConnection(
  findServer: FindServer,
  probeKey: string,
  listener: ConnectionListener = {},
): RedisConnection {
  let client: RedisClient | null = null;
  let isThere = false;
  let closed = false;
  let isAway = false;
  let tries = 0;
  let nextTry: NodeJS.Timeout | null = null;
  let pulse: NodeJS.Timeout | null = null;
  let periodsUnanswered = 0;
  let awaySinceMs: number | null = null;
  let pingedAtMs: number | null = null;
  let roundTripMs: number | null = null;

  function begin(): void {
    findServer().then(join).catch(lose);
  }

  async function join(server: ClientOptions): Promise<void> {
    const own = await makeClient(server);
    if (closed) return;
    client = own;
    own.on('error', (error) => own === client && lose(error));
    try {
      await own.connect();
      await own.sendCommand(['SET', probeKey, '', 'PX', '1']);
      if (own === client) arrive();
    } catch (error) {
      if (own === client) throw error;
    }
  }

  function lose(error: unknown): void {
    const lost = client;
    client = null;
    isThere = false;
    if (lost?.isOpen) lost.destroy();
    if (closed) return;
    if (!isAway) listener.away?.(error instanceof Error ? error : new Error(String(error)));
    isAway = true;
    awaySinceMs ??= nowMs();
    nextTry = setTimeout(begin, pauseMs(tries)).unref();
    tries += 1;
  }

  function arrive(): void {
    if (isAway) listener.back?.();
    isThere = true;
    isAway = false;
    tries = 0;
    periodsUnanswered = 0;
    awaySinceMs = null;
    pingedAtMs = null;
    listener.ready?.();
  }

  /** A socket counts what it sends as life, so that only an answer shows that it is connected. */
  function ping(): void {
    if (!client || !isThere) return;
    periodsUnanswered += 1;
    if (periodsUnanswered > MAX_UNANSWERED_PINGS) {
      lose(new Error('it does not answer'));
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

    isReady: () => isThere && (client?.isReady ?? false),

    state() {
      if (pingedAtMs === null) return { awaySinceMs, pingMs: roundTripMs };
      return { awaySinceMs, pingMs: Math.max(roundTripMs ?? 0, monotonicMs() - pingedAtMs) };
    },

    async send(...command) {
      const own = client;
      if (!isThere || !own?.isReady) throw new Error('Redis is away');
      try {
        return await own.sendCommand(command);
      } catch (error) {
        const movedOn = error instanceof Error && MOVED_ON.test(error.message);
        if (movedOn && own === client) lose(error);
        throw error;
      }
    },

    close() {
      closed = true;
      if (pulse) clearInterval(pulse);
      if (nextTry) clearTimeout(nextTry);
      if (client?.isOpen) client.destroy();
    },
  };
}

/** Doubles the pause from try to try, a little uneven so that instances do not come back as one. */
function pauseMs(retries: number): number {
  const steady = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(retries, 10), MAX_PAUSE_MS);
  return Math.round(steady * (0.75 + Math.random() / 4));
}
