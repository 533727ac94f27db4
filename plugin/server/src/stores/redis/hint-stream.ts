import type { RedisConnection } from './connection';
import { BEGINNING, createStreamReader, fieldOf, type StreamEntry } from './stream-reader';

/** Sends hints to other instances; they look up the facts in the database. */
export interface Hints {
  /** Hints that sessions were terminated. */
  sessionsTerminated(sessionIds: string[]): void;
  /** Hints at a new not-before instant. */
  notBeforeRaised(): void;
}

/** Sends no hints, without Redis. */
export const NO_HINTS: Hints = {
  sessionsTerminated: () => undefined,
  notBeforeRaised: () => undefined,
};

/** Receives the hints of other instances. */
export interface HintListener {
  sessionsTerminated(sessionIds: string[]): void;
  /** Called where hints may be lost, or do not name a session: poll the whole database. */
  askDatabase(): void;
}

const MAX_ENTRIES = '10000';
const MAX_IDS = 100;

/**
 * Appends an entry with the next number of the sequence; a gap in the numbers shows lost entries.
 */
const APPEND_SCRIPT = `
  local number = redis.call('INCR', KEYS[2])
  return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*',
    'number', number, 'from', ARGV[2], 'sessions', ARGV[3])`;

/**
 * Creates a writer of hints; it drops hints that it cannot send, because the database has the
 * facts.
 */
export function createHintWriter(
  connection: RedisConnection,
  prefix: string,
  instanceId: string,
): Hints {
  const keys = streamKeys(prefix);

  function append(sessionIds: string[]): void {
    const { stream, sequence } = keys;
    const names = sessionIds.join(' ');
    connection
      .send('EVAL', APPEND_SCRIPT, '2', stream, sequence, MAX_ENTRIES, instanceId, names)
      .catch(() => undefined);
  }

  return {
    sessionsTerminated(sessionIds) {
      for (let start = 0; start < sessionIds.length; start += MAX_IDS) {
        append(sessionIds.slice(start, start + MAX_IDS));
      }
    },

    notBeforeRaised() {
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

/** The position of a reader in the stream. */
interface Position {
  id: string;
  number: number | null;
}

const START: Position = { id: BEGINNING, number: null };

/** Follows the stream of hints over a dedicated connection. */
export interface HintReader {
  /** Call it each time the connection becomes ready. */
  follow(): Promise<void>;
}

/**
 * Creates a reader of other instances' hints.
 *
 * It starts at the newest entry, and asks the database for earlier changes. It asks the database
 * again at each gap in the sequence. A gap shows that entries were trimmed before they were read,
 * or that Redis lost its data.
 */
export function createHintReader(
  connection: RedisConnection,
  prefix: string,
  instanceId: string,
  listener: HintListener,
): HintReader {
  const stream = createStreamReader(connection, streamKeys(prefix).stream);

  function handle(position: Position, entry: Entry): Position {
    const gap = position.number !== null && entry.number !== position.number + 1;
    if (gap) listener.askDatabase();
    if (entry.from === instanceId) return entry;
    if (entry.sessionIds.length > 0) listener.sessionsTerminated(entry.sessionIds);
    else listener.askDatabase();
    return entry;
  }

  async function afterRestart(position: Position): Promise<Position> {
    const restarted = await stream.newestIfRestarted(position.id);
    if (!restarted) return position;
    listener.askDatabase();
    return positionOf(restarted[0]);
  }

  async function read(): Promise<never> {
    let position = positionOf(await stream.newest());
    listener.askDatabase();
    for (;;) {
      const entries = await stream.after(position.id);
      if (entries.length === 0) position = await afterRestart(position);
      else position = entries.map(entryIn).reduce(handle, position);
    }
  }

  return { follow: () => stream.follow(read) };
}

function streamKeys(prefix: string): { stream: string; sequence: string } {
  return { stream: `${prefix}hints`, sequence: `${prefix}hints:sequence` };
}

function positionOf(entry: StreamEntry | undefined): Position {
  return entry ? entryIn(entry) : START;
}

function entryIn(entry: StreamEntry): Entry {
  const [id] = entry;
  const sessionIds = fieldOf(entry, 'sessions').split(' ').filter(Boolean);
  return { id, number: Number(fieldOf(entry, 'number')), from: fieldOf(entry, 'from'), sessionIds };
}
