import type { RedisConnection } from './connection';

/** One entry of a stream: its id, and its fields with their values in turn. */
export type StreamEntry = [id: string, pairs: string[]];

/** The id that comes before every entry. */
export const BEGINNING = '0-0';

const PAGE_SIZE = '1000';
const BLOCK_MS = '1000';
const RETRY_MS = 1000;

/** Reads one stream over a connection that it has for itself. */
export interface StreamReader {
  /** Gives the newest entry, if there is any. */
  newest(): Promise<StreamEntry | undefined>;
  /** Gives what came after an entry, in its order; none if nothing came for a second. */
  after(id: string): Promise<StreamEntry[]>;
  /**
   * Reads the newest entry where the stream ends before an id, because it was emptied and started
   * again; `undefined` in the list of one where it is empty now, `null` where it goes on.
   */
  newestIfRestarted(id: string): Promise<[StreamEntry | undefined] | null>;
  /** Calls `read` for as long as the connection is there; again a second after it has failed. */
  follow(read: () => Promise<never>): Promise<void>;
}

/** Makes a reader of the stream under a key. */
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
        // A server that is loading or out of memory refuses commands on a good connection.
        await read().catch(() => undefined);
        if (connection.isReady())
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      }
      following = false;
    },
  };
}

/** Finds the one stream's page in an answer: in a list of pairs, or in a map by the protocol RESP3. */
function pageIn(answer: unknown): StreamEntry[] | undefined {
  if (!Array.isArray(answer)) {
    const [page] = Object.values(answer ?? {}) as StreamEntry[][];
    return page;
  }
  const [pair] = answer as [string, StreamEntry[]][];
  return pair?.[1];
}

/** Gives the value of a field, empty where there is none. */
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
