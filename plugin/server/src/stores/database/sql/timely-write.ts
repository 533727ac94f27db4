import { monotonicMs } from '../../../clock';

/** How far apart the clocks of two instances may be, in milliseconds. */
export const FARTHEST_CLOCKS_MS = 10_000;

/**
 * How long after its instant an end may be committed, in milliseconds: other instances look for ends
 * by their instants, and no further back.
 */
export const LATEST_COMMIT_MS = 5000;

/**
 * Writes something with an instant, and dates it anew for as long as the write took too long: it may
 * have waited for a lock or for a connection.
 */
export async function writtenInTime<T>(
  write: () => Promise<T>,
  dateAnew: () => Promise<unknown>,
): Promise<T> {
  let beganAtMs = monotonicMs();
  const result = await write();
  while (monotonicMs() - beganAtMs > LATEST_COMMIT_MS) {
    beganAtMs = monotonicMs();
    await dateAnew();
  }
  return result;
}
