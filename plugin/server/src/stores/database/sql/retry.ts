import { setTimeout as pause } from 'node:timers/promises';

/** How the databases say that they undid a statement, or let none begin, for the sake of another. */
const ROLLED_BACK_CODES: ReadonlySet<unknown> = new Set([
  '40001', // PostgreSQL: serialization failure
  '40P01', // PostgreSQL: deadlock
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
]);

const ATTEMPTS = 5;

/** Two statements that were in each other's way are not to meet again, in milliseconds. */
const MAX_PAUSE_MS = 50;

/**
 * Runs a single statement, and again if the database undid it: then nothing of it is there. A busy
 * SQLite is not asked again, since its driver has waited for it already.
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
