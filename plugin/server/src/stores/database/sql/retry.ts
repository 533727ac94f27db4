import { setTimeout as pause } from 'node:timers/promises';

/** Error codes of a statement that the database rolled back, or refused, because of a conflict. */
const ROLLED_BACK_CODES: ReadonlySet<unknown> = new Set([
  '40001', // PostgreSQL: serialization failure
  '40P01', // PostgreSQL: deadlock
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
]);

const ATTEMPTS = 5;

/**
 * The longest random pause, in milliseconds; it keeps conflicting statements from colliding again.
 */
const MAX_PAUSE_MS = 50;

/**
 * Runs a single statement or transaction, and retries it if the database rolled it back.
 *
 * It makes at most five attempts. It does not retry on a busy SQLite, because the driver has waited
 * already.
 */
export async function retryIfRolledBack<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === ATTEMPTS || !ROLLED_BACK_CODES.has((error as { code?: unknown }).code))
        throw error;
    }
    await pause(Math.random() * MAX_PAUSE_MS);
  }
}
