import { monotonicMs, nowMs } from '../../clock';
import type { FindServer } from './find-server';
import { makeClient, type RedisClient } from './client';

/** Hears about a connection: once when it is lost or cannot be made, and once when it is back. */
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

/** A try to connect; `wasReported` tells whether the listener knows that the connection is away. */
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

/** Waits for the next try. */
interface Away {
  type: 'away';
  awaySinceMs: number;
  nextTry: NodeJS.Timeout;
}

type State = Connecting | Ready | Away | { type: 'closed' };

/**
 * Creates a connection to the server that is in charge at the time, which is looked up for each try.
 *
 * It is ready once `probeKey` could be written: a replica refuses that, and so does a node of a cluster
 * that holds other keys.
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
    const client = await makeClient(await findServer());
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
    const isNews = lost.type === 'ready' || !lost.wasReported;
    const awaySinceMs = lost.type === 'ready' ? nowMs() : lost.awaySinceMs;
    const nextTry = setTimeout(() => connect(awaySinceMs, true), pauseMs(failedTries)).unref();
    state = { type: 'away', awaySinceMs, nextTry };
    failedTries += 1;
    if (lost.client?.isOpen) lost.client.destroy();
    if (isNews) listener.away?.(error instanceof Error ? error : new Error(String(error)));
  }

  /** A socket counts a command that it sends as life, so only an answer shows that it is connected. */
  function ping(): void {
    if (state.type !== 'ready') return;
    const pinged = state;
    pinged.unansweredPings += 1;
    if (pinged.unansweredPings > MAX_UNANSWERED_PINGS) {
      lose(pinged, new Error('it does not answer'));
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
      if (state.type !== 'ready' || !state.client.isReady) throw new Error('Redis is away');
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

/** Doubles the pause from try to try, a little uneven so that instances do not come back as one. */
function pauseMs(retries: number): number {
  const steady = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(retries, 10), MAX_PAUSE_MS);
  return Math.round(steady * (0.75 + Math.random() / 4));
}
