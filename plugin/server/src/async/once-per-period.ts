import { monotonicMs } from '../clock';

/**
 * Creates a gate that lets each key pass once a period.
 *
 * It knows at most `capacity` keys; the oldest one is forgotten first and may pass early.
 */
export function createOncePerPeriod(periodMs: number, capacity: number): (key: string) => boolean {
  const passed = new Map<string, number>();
  return (key) => {
    const now = monotonicMs();
    const last = passed.get(key);
    if (last !== undefined && now - last < periodMs) return false;
    passed.delete(key);
    passed.set(key, now);
    const [oldest] = passed.keys();
    if (passed.size > capacity && oldest !== undefined) passed.delete(oldest);
    return true;
  };
}
