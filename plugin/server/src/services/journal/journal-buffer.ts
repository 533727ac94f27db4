import { createWriteBehind } from '../../async/write-behind';
import type { JournalEntry } from '../../stores/database/journal/journal-entry';
import { BATCH_SIZE } from '../../stores/database/sql/batches';

/** Buffers entries of the journal and writes them in batches. */
export interface JournalBuffer {
  /** Adds an entry; never waits and never throws. */
  add(entry: JournalEntry): void;
  /** Writes all pending entries; after a failure they stay pending. */
  flush(): Promise<void>;
}

/** Dependencies of {@link createJournalBuffer}. */
export interface JournalBufferParts {
  write: (batch: JournalEntry[]) => Promise<void>;
  /** Receives the first failure in a row. */
  failed: (error: unknown) => void;
  /** Receives the number of dropped entries, once entries can be written again. */
  lost: (count: number) => void;
}

/** The delay before a flush, in milliseconds. */
const FLUSH_AFTER_MS = 500;

/** The maximum number of pending entries; further entries are dropped. */
const CAPACITY = 50_000;

/** Creates an empty buffer that flushes itself half a second after its first pending entry. */
export function createJournalBuffer({ write, failed, lost }: JournalBufferParts): JournalBuffer {
  const pending: JournalEntry[] = [];
  let dropped = 0;

  async function writePending(): Promise<void> {
    while (pending.length > 0) {
      const batch = pending.slice(0, BATCH_SIZE);
      await write(batch);
      pending.splice(0, batch.length);
    }
    if (dropped > 0) lost(dropped);
    dropped = 0;
  }

  const writeBehind = createWriteBehind({
    delayMs: FLUSH_AFTER_MS,
    write: writePending,
    report: failed,
  });
  return {
    add(entry) {
      if (pending.length >= CAPACITY) dropped += 1;
      else pending.push(entry);
      writeBehind.schedule();
    },

    flush: () => writeBehind.flush(),
  };
}
