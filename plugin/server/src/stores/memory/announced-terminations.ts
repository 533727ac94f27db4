/**
 * The terminations that this process has announced.
 *
 * Polls and hints tell of the same termination many times, and a repeated termination may be dated
 * again.
 */
export interface AnnouncedTerminations {
  /** Records a termination; returns false if it was recorded before. */
  add(sessionId: string, terminatedAtMs: number): boolean;
  has(sessionId: string): boolean;
  /** Returns the number of recorded terminations. */
  size(): number;
  /** Removes terminations before an instant, oldest first, as far as there are too many. */
  forgetBefore(fromMs: number): void;
}

/**
 * Creates an empty record.
 *
 * @param capacity The number of terminations to keep however old they are.
 */
export function createAnnouncedTerminations(capacity: number): AnnouncedTerminations {
  const announced = new Map<string, number>();
  return {
    add(sessionId, terminatedAtMs) {
      const isNew = !announced.has(sessionId);
      // A repeated termination moves to the end, because later polls will read it again.
      if (!isNew) announced.delete(sessionId);
      announced.set(sessionId, terminatedAtMs);
      return isNew;
    },

    has: (sessionId) => announced.has(sessionId),
    size: () => announced.size,

    forgetBefore(fromMs) {
      for (const [sessionId, terminatedAtMs] of announced) {
        if (announced.size <= capacity || terminatedAtMs >= fromMs) return;
        announced.delete(sessionId);
      }
    },
  };
}
