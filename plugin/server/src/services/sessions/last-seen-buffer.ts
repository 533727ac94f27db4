import { createWriteBehind } from '../../async/write-behind';
import type { LastSeen } from '../../stores/database/sessions/session-store';

/** Gathers last-seen times and writes many of them in one statement. */
export interface LastSeenBuffer {
  add(seen: LastSeen): void;
  /** Writes everything that waits; what cannot be written waits for the next flush. */
  flush(): Promise<void>;
}

/** How long a last-seen time waits for others to be written with, in milliseconds. */
export const FLUSH_AFTER_MS = 900;

/**
 * Creates an empty buffer that flushes itself within a second of the first time it holds.
 *
 * @param write Writes a batch; may reject.
 * @param report Receives the first failure in a row.
 */
export function createLastSeenBuffer(
  write: (batch: LastSeen[]) => Promise<void>,
  report: (error: unknown) => void,
): LastSeenBuffer {
  const waiting = new Map<string, number>();

  function put({ sessionId, lastSeenAtMs }: LastSeen): void {
    waiting.set(sessionId, Math.max(lastSeenAtMs, waiting.get(sessionId) ?? 0));
  }

  async function writeWaiting(): Promise<void> {
    const batch = Array.from(waiting, ([sessionId, lastSeenAtMs]) => ({ sessionId, lastSeenAtMs }));
    waiting.clear();
    if (batch.length === 0) return;
    try {
      await write(batch);
    } catch (error) {
      batch.forEach(put);
      throw error;
    }
  }

  const writeBehind = createWriteBehind({ delayMs: FLUSH_AFTER_MS, write: writeWaiting, report });
  return {
    add(seen) {
      put(seen);
      writeBehind.schedule();
    },

    flush: () => writeBehind.flush(),
  };
}
