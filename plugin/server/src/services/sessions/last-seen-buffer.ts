import { createWriteBehind } from '../../async/write-behind';
import type { LastSeen } from '../../stores/database/sessions/session-store';

/** Buffers last-seen times and writes them in batches. */
export interface LastSeenBuffer {
  add(seen: LastSeen): void;
  /** Writes all pending times; after a failure they stay pending. */
  flush(): Promise<void>;
}

/** The delay before a flush, in milliseconds. */
export const FLUSH_AFTER_MS = 900;

/**
 * Creates an empty buffer that flushes itself within a second of its first pending time.
 *
 * @param write Writes a batch; may reject.
 * @param report Receives the first failure in a row.
 */
export function createLastSeenBuffer(
  write: (batch: LastSeen[]) => Promise<void>,
  report: (error: unknown) => void,
): LastSeenBuffer {
  const pending = new Map<string, number>();

  function put({ sessionId, lastSeenAtMs }: LastSeen): void {
    pending.set(sessionId, Math.max(lastSeenAtMs, pending.get(sessionId) ?? 0));
  }

  async function writePending(): Promise<void> {
    const batch = Array.from(pending, ([sessionId, lastSeenAtMs]) => ({ sessionId, lastSeenAtMs }));
    pending.clear();
    if (batch.length === 0) return;
    try {
      await write(batch);
    } catch (error) {
      batch.forEach(put);
      throw error;
    }
  }

  const writeBehind = createWriteBehind({ delayMs: FLUSH_AFTER_MS, write: writePending, report });
  return {
    add(seen) {
      put(seen);
      writeBehind.schedule();
    },

    flush: () => writeBehind.flush(),
  };
}
