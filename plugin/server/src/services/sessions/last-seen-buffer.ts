import type { LastSeen } from '../../stores/database/sessions/session-store';
import { createOutsideRequests } from '../../async/detached';

/** Gathers last-seen times and writes many of them in one statement. */
export interface TouchBuffer {
  add(seen: LastSeen): void;
  /** Writes what has gathered; what cannot be written waits for the next flush. */
  flush(): Promise<void>;
}

/** How long a touch waits for others to be written with, in milliseconds. */
export const FLUSH_AFTER_MS = 900;

/**
 * Makes an empty buffer that flushes itself within a second of the first touch it holds.
 *
 * @param write Writes a batch; may reject.
 * @param report Is told of the first failure in a row.
 */
export function createTouchBuffer(
  write: (batch: LastSeen[]) => Promise<void>,
  report: (error: unknown) => void,
): TouchBuffer {
  const outsideRequests = createOutsideRequests();
  const waiting = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  let failing = false;
  let turn = Promise.resolve();

  const schedule = (): void => {
    if (timer) return;
    // A flush within the transaction of a request would come when that has ended.
    outsideRequests(() => {
      timer = setTimeout(() => void flush(), FLUSH_AFTER_MS).unref();
    });
  };

  const add = ({ sessionId, lastSeenAtMs }: LastSeen): void => {
    waiting.set(sessionId, Math.max(lastSeenAtMs, waiting.get(sessionId) ?? 0));
    schedule();
  };

  /** One write follows another, so that whoever waits for a flush has waited for those before it. */
  function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    turn = turn.then(writeWaiting);
    return turn;
  }

  async function writeWaiting(): Promise<void> {
    const batch = Array.from(waiting, ([sessionId, lastSeenAtMs]) => ({ sessionId, lastSeenAtMs }));
    waiting.clear();
    if (batch.length === 0) return;
    try {
      await write(batch);
      failing = false;
    } catch (error) {
      if (!failing) report(error);
      failing = true;
      batch.forEach(add);
    }
  }

  return { add, flush };
}
