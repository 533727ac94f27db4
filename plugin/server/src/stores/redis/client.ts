/** Options of a client of the `redis` package; they may hold a password. */
export type ClientOptions = Record<string, unknown>;

/** The used part of a client of the `redis` package. */
export interface RedisClient {
  readonly isReady: boolean;
  readonly isOpen: boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
  connect(): Promise<unknown>;
  sendCommand(command: string[]): Promise<unknown>;
  destroy(): void;
}

/** A connection without traffic for this long counts as lost, in milliseconds. */
const SOCKET_TIMEOUT_MS = 5000;

/** The maximum number of commands that wait for a reply. */
const MAX_QUEUED = 10_000;

/**
 * Creates an unconnected client that never reconnects by itself.
 *
 * The first call loads the `redis` package.
 */
export async function createRedisClient(options: ClientOptions): Promise<RedisClient> {
  const { createClient } = await import('redis');
  // The package's own types include every module that it could load.
  return createClient({
    ...options,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MAX_QUEUED,
    socket: { ...socketOf(options), socketTimeout: SOCKET_TIMEOUT_MS, reconnectStrategy: false },
  });
}

/** Returns the options with further socket options. */
export function withSocket(options: ClientOptions, socket: ClientOptions): ClientOptions {
  return { ...options, socket: { ...socketOf(options), ...socket } };
}

/** Returns the socket options. */
export function socketOf({ socket }: ClientOptions): ClientOptions {
  return typeof socket === 'object' && socket !== null ? { ...socket } : {};
}
