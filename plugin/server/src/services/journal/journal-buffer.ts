import { createWriteBehind } from '../../async/write-behind';
import type { JournalEntry } from '../../stores/database/journal-store';
import { BATCH_SIZE } from '../../stores/database/sql/batches';

/** Gathers entries of the journal and writes many of them in one statement. */
export interface JournalBuffer {
  /** Takes an entry; nobody waits for it, and nothing fails because of it. */
  add(entry: JournalEntry): void;
  /** Writes everything that waits; what cannot be written waits for the next flush. */
  flush(): Promise<void>;
}

/** The parts of {@link createJournalBuffer}. */
export interface JournalBufferParts {
  write: (batch: JournalEntry[]) => Promise<void>;
  /** Receives the first failure in a row. */
  failed: (error: unknown) => void;
  /** Receives the number of entries that were left out, once entries can be written again. */
  lost: (count: number) => void;
}

/** How long an entry waits for others to be written with, in milliseconds. */
const FLUSH_AFTER_MS = 500;

/** How many entries wait at most while the database takes none. */
const CAPACITY = 50_000;

/** Creates an empty buffer that flushes itself half a second after the first entry it holds. */
export function createJournalBuffer({ write, failed, lost }: JournalBufferParts): JournalBuffer {
  const waiting: JournalEntry[] = [];
  let leftOut = 0;

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_SIZE);
      await write(batch);
      waiting.splice(0, batch.length);
    }
    if (leftOut > 0) lost(leftOut);
    leftOut = 0;
  }

  const writeBehind = createWriteBehind({
    delayMs: FLUSH_AFTER_MS,
    write: writeWaiting,
    report: failed,
  });
  return {
    add(entry) {
      if (waiting.length >= CAPACITY) leftOut += 1;
      else waiting.push(entry);
      writeBehind.schedule();
    },

    flush: () => writeBehind.flush(),
  };
}
