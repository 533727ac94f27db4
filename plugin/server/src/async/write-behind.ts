import { createDetached } from './detached';
import { reportOnce } from './report-once';

/** Writes what has gathered a little later, together. */
export interface WriteBehind {
  /** Flushes after the delay, unless a flush is planned already. */
  schedule(): void;
  /** Writes now, after the write under way; never rejects. */
  flush(): Promise<void>;
}

/** The parts of {@link createWriteBehind}. */
export interface WriteBehindParts {
  /** How long a value waits for others to be written with, in milliseconds. */
  delayMs: number;
  /** Writes everything that waits; keeps what it could not write, and rejects. */
  write: () => Promise<void>;
  /** Receives the first failure in a row. */
  report: (error: unknown) => void;
}

/** Creates a write-behind; after a failure it tries again after the delay. */
export function createWriteBehind({ delayMs, write, report }: WriteBehindParts): WriteBehind {
  const runDetached = createDetached();
  const attempt = reportOnce(report);
  let timer: NodeJS.Timeout | null = null;
  let lastFlush = Promise.resolve();

  function schedule(): void {
    if (timer) return;
    // A flush that ran within the transaction of a request could outlive that transaction.
    runDetached(() => {
      timer = setTimeout(() => void flush(), delayMs).unref();
    });
  }

  async function writeOrRetry(): Promise<void> {
    await attempt(async () => {
      try {
        await write();
      } catch (error) {
        schedule();
        throw error;
      }
    });
  }

  /** One write follows another, so that nothing is written twice. */
  function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    lastFlush = lastFlush.then(writeOrRetry);
    return lastFlush;
  }

  return { schedule, flush };
}
