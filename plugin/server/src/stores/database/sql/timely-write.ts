import { monotonicMs } from '../../../clock';

/** The maximum clock skew between two instances, in milliseconds. */
export const MAX_CLOCK_SKEW_MS = 10_000;

/**
 * The maximum delay between the instant of a termination and its commit, in milliseconds.
 *
 * Other instances poll terminations by their instants, and look back no further.
 */
export const MAX_COMMIT_DELAY_MS = 5000;

/**
 * Writes a row with an instant, and restamps it until a write takes at most {@link
 * MAX_COMMIT_DELAY_MS}.
 *
 * A write can take longer because it waits for a lock or for a connection.
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
