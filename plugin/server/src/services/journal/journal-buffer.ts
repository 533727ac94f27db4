import { BATCH_SIZE } from '../../stores/database/sql/batches';
import type { JournalEntry } from '../../stores/database/journal-store';
import { createOutsideRequests } from '../../async/detached';

/** Gathers entries of the journal and writes many of them in one statement. */
export interface JournalBuffer {
  /** Takes an entry; nobody waits for it, and nothing fails by it. */
  add(entry: JournalEntry): void;
  /** Writes what has gathered; what cannot be written waits for the next flush. */
  flush(): Promise<void>;
}

/** What {@link createJournalBuffer} works with. */
export interface JournalBufferParts {
  write: (batch: JournalEntry[]) => Promise<void>;
  /** Is told of the first failure in a row. */
  failed: (error: unknown) => void;
  /** Is told how many entries had to be left out, once others can be written again. */
  lost: (count: number) => void;
}

/** How long an entry waits for others to be written with, in milliseconds. */
const FLUSH_AFTER_MS = 500;

/** How many entries wait at most while the database takes none. */
const CAPACITY = 50_000;

/** Makes an empty buffer that flushes itself half a second after the first entry it holds. */
export function createJournalBuffer({ write, failed, lost }: JournalBufferParts): JournalBuffer {
  const outsideRequests = createOutsideRequests();
  const waiting: JournalEntry[] = [];
  let turn: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let failing = false;
  let leftOut = 0;

  const schedule = (): void => {
    if (timer) return;
    // A flush within the transaction of a request would come when that has ended.
    outsideRequests(() => {
      timer = setTimeout(() => void flush(), FLUSH_AFTER_MS).unref();
    });
  };

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_SIZE);
      await write(batch);
      waiting.splice(0, batch.length);
    }
    failing = false;
    if (leftOut > 0) lost(leftOut);
    leftOut = 0;
  }

  async function drainAndReport(): Promise<void> {
    try {
      await drain();
    } catch (error) {
      if (!failing) failed(error);
      failing = true;
      schedule();
    }
  }

  /** One flush after another, so that no entry is written twice. */
  function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    turn = turn.then(drainAndReport);
    return turn;
  }

  return {
    add(entry) {
      if (waiting.length >= CAPACITY) leftOut += 1;
      else waiting.push(entry);
      schedule();
    },

    flush,
  };
}
