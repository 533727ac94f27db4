import type { RedisConnection } from './connection';

/** One entry of a stream: its id, then field names and values alternately. */
export type StreamEntry = [id: string, pairs: string[]];

/** The id before every entry. */
export const BEGINNING = '0-0';

const PAGE_SIZE = '1000';
const BLOCK_MS = '1000';
const RETRY_MS = 1000;

/** Reads one stream over a dedicated connection. */
export interface StreamReader {
  /** Returns the newest entry, if there is any. */
  newest(): Promise<StreamEntry | undefined>;
  /** Returns the entries after an id, in order; none if none arrived within a second. */
  after(id: string): Promise<StreamEntry[]>;
  /**
   * Returns the newest entry if the stream was emptied and restarted, so that it ends before an id.
   *
   * The list holds `undefined` where the stream is empty. The result is `null` where the stream was
   * not restarted.
   */
  newestIfRestarted(id: string): Promise<[StreamEntry | undefined] | null>;
  /** Calls `read` while the connection is ready; retries a second after a failure. */
  follow(read: () => Promise<never>): Promise<void>;
}

/** Creates a reader of the stream under a key. */
export function createStreamReader(connection: RedisConnection, key: string): StreamReader {
  let following = false;

  async function newest(): Promise<StreamEntry | undefined> {
    const found = await connection.send('XREVRANGE', key, '+', '-', 'COUNT', '1');
    return (found as StreamEntry[])[0];
  }

  return {
    newest,

    async newestIfRestarted(id) {
      const entry = await newest();
      return isBefore(entry?.[0] ?? BEGINNING, id) ? [entry] : null;
    },

    async after(id) {
      const command = ['COUNT', PAGE_SIZE, 'BLOCK', BLOCK_MS, 'STREAMS', key, id];
      return pageIn(await connection.send('XREAD', ...command)) ?? [];
    },

    async follow(read) {
      if (following) return;
      following = true;
      while (connection.isReady()) {
        // A server that is loading or out of memory refuses commands on a ready connection.
        await read().catch(() => undefined);
        if (connection.isReady())
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      }
      following = false;
    },
  };
}

/** Reads the page of the only stream in a reply: a list of pairs (RESP2), or a map (RESP3). */
function pageIn(answer: unknown): StreamEntry[] | undefined {
  if (!Array.isArray(answer)) {
    const [page] = Object.values(answer ?? {}) as StreamEntry[][];
    return page;
  }
  const [pair] = answer as [string, StreamEntry[]][];
  return pair?.[1];
}

/** Returns the value of a field, empty where there is none. */
export function fieldOf([, pairs]: StreamEntry, name: string): string {
  const place = pairs.findIndex((text, at) => text === name && at % 2 === 0);
  return (place >= 0 && pairs[place + 1]) || '';
}

/** Tells whether an id comes before another. */
function isBefore(one: string, other: string): boolean {
  const [oneMs = 0, oneCount = 0] = one.split('-').map(Number);
  const [otherMs = 0, otherCount = 0] = other.split('-').map(Number);
  return oneMs === otherMs ? oneCount < otherCount : oneMs < otherMs;
}
