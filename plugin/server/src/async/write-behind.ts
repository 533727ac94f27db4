import { createDetached } from './detached';
import { reportOnce } from './report-once';

/** Writes pending values in batches after a delay. */
export interface WriteBehind {
  /** Schedules a flush after the delay, unless one is scheduled already. */
  schedule(): void;
  /** Writes now, after the current write; never rejects. */
  flush(): Promise<void>;
}

/** Options of {@link createWriteBehind}. */
export interface WriteBehindParts {
  /** The delay in milliseconds. */
  delayMs: number;
  /** Writes all pending values; on failure it keeps them and rejects. */
  write: () => Promise<void>;
  /** Receives the first failure in a row. */
  report: (error: unknown) => void;
}

/** Creates a write-behind that retries a failed write after the delay. */
export function createWriteBehind({ delayMs, write, report }: WriteBehindParts): WriteBehind {
  const runDetached = createDetached();
  const attempt = reportOnce(report);
  let timer: NodeJS.Timeout | null = null;
  let lastFlush = Promise.resolve();

  function schedule(): void {
    if (timer) return;
    // A flush within a request's transaction could outlive that transaction.
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

  /** Writes run one after another to write no value twice. */
  function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    lastFlush = lastFlush.then(writeOrRetry);
    return lastFlush;
  }

  return { schedule, flush };
}
