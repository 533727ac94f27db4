import type { RedisLink } from './redis-link';

/** What other instances ought to look up in the database. */
export interface Hints {
  /** Says that sessions have ended. */
  sessionsEnded(sessionIds: string[]): void;
  /** Says that there is a new not-before instant. */
  instantRaised(): void;
}

/** Tells nobody: there is no Redis. */
export const NO_HINTS: Hints = {
  sessionsEnded: () => undefined,
  instantRaised: () => undefined,
};

/** What to do about the hints of other instances. */
export interface HintListener {
  sessionsEnded(sessionIds: string[]): void;
  /** Hints may have been missed, or cannot say what: the database has to be asked for everything. */
  askDatabase(): void;
}

const MAX_ENTRIES = '10000';
const MAX_IDS = 100;
const PAGE_SIZE = '1000';
const BLOCK_MS = '1000';
const RETRY_MS = 1000;

/** Adds an entry with the next number of the sequence: entries without a gap have numbers without one. */
const APPEND = `
  local number = redis.call('INCR', KEYS[2])
  return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*',
    'number', number, 'from', ARGV[2], 'sessions', ARGV[3])`;

/** Appends hints to the stream; those that cannot be sent are dropped, since the database has it all. */
export function createHintWriter(link: RedisLink, prefix: string, instanceId: string): Hints {
  const keys = streamKeys(prefix);

  function append(sessionIds: string[]): void {
    const { stream, sequence } = keys;
    const names = sessionIds.join(' ');
    link
      .send('EVAL', APPEND, '2', stream, sequence, MAX_ENTRIES, instanceId, names)
      .catch(() => undefined);
  }

  return {
    sessionsEnded(sessionIds) {
      for (let start = 0; start < sessionIds.length; start += MAX_IDS) {
        append(sessionIds.slice(start, start + MAX_IDS));
      }
    },

    instantRaised() {
      append([]);
    },
  };
}

/** One entry of the stream. */
interface Entry {
  id: string;
  number: number;
  from: string;
  sessionIds: string[];
}

/** Where a reader stands in the stream. */
interface Position {
  id: string;
  number: number | null;
}

const BEGINNING: Position = { id: '0-0', number: null };

/** Follows the stream whenever its connection is ready; has the connection for itself. */
export interface HintReader {
  /** To be called each time the connection becomes ready. */
  follow(): Promise<void>;
}

/**
 * Makes a reader of other instances' hints.
 *
 * It starts at the newest entry and asks the database for what came before, and does so again
 * whenever the sequence has a gap: entries trimmed before they were read, or a Redis that has lost
 * what it held.
 */
export function createHintReader(
  link: RedisLink,
  prefix: string,
  instanceId: string,
  listener: HintListener,
): HintReader {
  const { stream } = streamKeys(prefix);

  async function newest(): Promise<Position> {
    const found = entriesIn(await link.send('XREVRANGE', stream, '+', '-', 'COUNT', '1'));
    return found[0] ?? BEGINNING;
  }

  function take(position: Position, entry: Entry): Position {
    const gap = position.number !== null && entry.number !== position.number + 1;
    if (gap) listener.askDatabase();
    if (entry.from === instanceId) return entry;
    if (entry.sessionIds.length > 0) listener.sessionsEnded(entry.sessionIds);
    else listener.askDatabase();
    return entry;
  }

  /** A stream that ends before where the reader stands has been emptied and begun anew. */
  async function notice(position: Position): Promise<Position> {
    const end = await newest();
    if (!isBefore(end.id, position.id)) return position;
    listener.askDatabase();
    return end;
  }

  async function read(): Promise<never> {
    let position = await newest();
    listener.askDatabase();
    for (;;) {
      const command = ['COUNT', PAGE_SIZE, 'BLOCK', BLOCK_MS, 'STREAMS', stream, position.id];
      const answer = await link.send('XREAD', ...command);
      const entries = entriesIn(pageIn(answer) ?? []);
      if (entries.length === 0) position = await notice(position);
      else position = entries.reduce(take, position);
    }
  }

  let following = false;

  return {
    async follow() {
      if (following) return;
      following = true;
      while (link.isReady()) {
        // A server that is loading or out of memory refuses commands on a good connection.
        await read().catch(() => undefined);
        if (link.isReady()) await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
      }
      following = false;
    },
  };
}

/** Finds the one stream's page in an answer: in a list of pairs, or in a map by the protocol RESP3. */
function pageIn(answer: unknown): unknown {
  if (!Array.isArray(answer)) return Object.values(answer ?? {})[0];
  const [pair] = answer as [string, unknown][];
  return pair?.[1];
}

function streamKeys(prefix: string): { stream: string; sequence: string } {
  return { stream: `${prefix}hints`, sequence: `${prefix}hints:sequence` };
}

function entriesIn(page: unknown): Entry[] {
  return (page as [string, string[]][]).map(([id, pairs]) => {
    const field = (name: string): string => pairs[pairs.indexOf(name) + 1] ?? '';
    const sessionIds = field('sessions').split(' ').filter(Boolean);
    return { id, number: Number(field('number')), from: field('from'), sessionIds };
  });
}

function isBefore(one: string, other: string): boolean {
  const [oneMs = 0, oneCount = 0] = one.split('-').map(Number);
  const [otherMs = 0, otherCount = 0] = other.split('-').map(Number);
  return oneMs === otherMs ? oneCount < otherCount : oneMs < otherMs;
}
