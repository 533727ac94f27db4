import { monotonicMs } from '../clock';

/**
 * Creates a gate that lets each name pass once per period.
 *
 * It remembers at most `capacity` names; beyond that it forgets the oldest.
 *
 * @param periodMs The period in milliseconds.
 */
export function createOncePerPeriod(periodMs: number, capacity: number): (name: string) => boolean {
  // All periods are of one length, so the names stand in the order in which they expire.
  const untilMs = new Map<string, number>();

  function dropOldest(nowMs: number): void {
    for (const [name, until] of untilMs) {
      if (until > nowMs && untilMs.size <= capacity) return;
      untilMs.delete(name);
    }
  }

  return (name) => {
    const nowMs = monotonicMs();
    if ((untilMs.get(name) ?? Number.NEGATIVE_INFINITY) > nowMs) return false;
    untilMs.delete(name);
    untilMs.set(name, nowMs + periodMs);
    dropOldest(nowMs);
    return true;
  };
}
