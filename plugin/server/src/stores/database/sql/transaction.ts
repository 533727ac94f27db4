import type { Knex } from 'knex';
import type { Strapi } from '../../../strapi';
import { retryIfRolledBack } from './retry';

/** Does work whose writes belong together: all of them are committed at once, or none is. */
export type InTransaction = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Makes the way to write in one commit; inside a transaction of the caller it is that one's. The work
 * is to ask the database alone: another request may wait for the connection that it holds.
 */
export function createInTransaction(strapi: Strapi): InTransaction {
  return (work) =>
    strapi.db.inTransaction() ? work() : retryIfRolledBack(() => committed(strapi, work));
}

/** Strapi takes a COMMIT that has failed for one that was done; only knex's own promise tells. */
async function committed<T>(strapi: Strapi, work: () => Promise<T>): Promise<T> {
  let outcome: Promise<unknown> = Promise.resolve();
  const result = await strapi.db.transaction(async ({ trx }: { trx: Knex.Transaction }) => {
    outcome = trx.executionPromise;
    // What the work throws is thrown below, and the same again here.
    outcome.catch(() => undefined);
    return await work();
  });
  await outcome;
  return result;
}
