/** Options of a client of the `redis` package; they may hold a password. */
export type ClientOptions = Record<string, unknown>;

/** The part of a client of the `redis` package that is used here. */
export interface RedisClient {
  readonly isReady: boolean;
  readonly isOpen: boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
  connect(): Promise<unknown>;
  sendCommand(command: string[]): Promise<unknown>;
  destroy(): void;
}

/** A connection on which so long nothing comes and nothing is sent was cut off silently. */
const SILENCE_MS = 5000;

/** More commands than this are not kept waiting for an answer. */
const MAX_WAITING = 10_000;

/**
 * Makes a client that has yet to connect, and does so once: it does not come back by itself. The
 * `redis` package is loaded when it is first needed.
 */
export async function makeClient(options: ClientOptions): Promise<RedisClient> {
  const { createClient } = await import('redis');
  // The package's own types follow every module that it could load.
  return createClient({
    ...options,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_WAITING,
    socket: { ...socketOf(options), socketTimeout: SILENCE_MS, reconnectStrategy: false },
  });
}

/** Gives the options with those of a socket added. */
export function withSocket(options: ClientOptions, socket: ClientOptions): ClientOptions {
  return { ...options, socket: { ...socketOf(options), ...socket } };
}

/** Gives what the options say of the socket. */
export function socketOf({ socket }: ClientOptions): ClientOptions {
  return typeof socket === 'object' && socket !== null ? { ...socket } : {};
}
