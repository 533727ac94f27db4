import { monotonicMs } from '../../../clock';

/** How far apart the clocks of two instances may be, in milliseconds. */
export const MAX_CLOCK_SKEW_MS = 10_000;

/**
 * How long after its instant an end may be committed, in milliseconds: other instances look for ends
 * by their instants, and no further back.
 */
export const MAX_COMMIT_DELAY_MS = 5000;

/**
 * Writes something with an instant, and dates it anew for as long as the write took too long: it may
 * have waited for a lock or for a connection.
 */
export async function timelyWrite<T>(
  write: () => Promise<T>,
  restamp: () => Promise<unknown>,
): Promise<T> {
  let beganAtMs = monotonicMs();
  const result = await write();
  while (monotonicMs() - beganAtMs > MAX_COMMIT_DELAY_MS) {
    beganAtMs = monotonicMs();
    await restamp();
  }
  return result;
}
