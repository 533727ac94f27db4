import type { RedisConnection } from './connection';
import { BEGINNING, createStreamReader, fieldOf, type StreamEntry } from './stream-reader';

/** What other instances ought to look up in the database. */
export interface Hints {
  /** Says that sessions have ended. */
  sessionsTerminated(sessionIds: string[]): void;
  /** Says that there is a new not-before instant. */
  notBeforeRaised(): void;
}

/** Tells nobody: there is no Redis. */
export const NO_HINTS: Hints = {
  sessionsTerminated: () => undefined,
  notBeforeRaised: () => undefined,
};

/** What to do about the hints of other instances. */
export interface HintListener {
  sessionsTerminated(sessionIds: string[]): void;
  /** Hints may have been missed, or cannot say what: the database has to be asked for everything. */
  askDatabase(): void;
}

const MAX_ENTRIES = '10000';
const MAX_IDS = 100;

/** Adds an entry with the next number of the sequence: entries without a gap have numbers without one. */
const APPEND_SCRIPT = `
  local number = redis.call('INCR', KEYS[2])
  return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*',
    'number', number, 'from', ARGV[2], 'sessions', ARGV[3])`;

/** Appends hints to the stream; those that cannot be sent are dropped, since the database has it all. */
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

/** Where a reader stands in the stream. */
interface Position {
  id: string;
  number: number | null;
}

const NOWHERE: Position = { id: BEGINNING, number: null };

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
  connection: RedisConnection,
  prefix: string,
  instanceId: string,
  listener: HintListener,
): HintReader {
  const stream = createStreamReader(connection, streamKeys(prefix).stream);

  function take(position: Position, entry: Entry): Position {
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
      else position = entries.map(entryIn).reduce(take, position);
    }
  }

  return { follow: () => stream.follow(read) };
}

function streamKeys(prefix: string): { stream: string; sequence: string } {
  return { stream: `${prefix}hints`, sequence: `${prefix}hints:sequence` };
}

function positionOf(entry: StreamEntry | undefined): Position {
  return entry ? entryIn(entry) : NOWHERE;
}

function entryIn(entry: StreamEntry): Entry {
  const [id] = entry;
  const sessionIds = fieldOf(entry, 'sessions').split(' ').filter(Boolean);
  return { id, number: Number(fieldOf(entry, 'number')), from: fieldOf(entry, 'from'), sessionIds };
}
