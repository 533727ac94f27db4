import type { Knex } from 'knex';
import type { Strapi } from '../../../strapi';
import { retryIfRolledBack } from './retry';

/** Runs work in a transaction: all of its writes are committed, or none is. */
export type InTransaction = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Creates an {@link InTransaction} that joins the caller's transaction if there is one.
 *
 * The work should wait for nothing but the database, because it holds a connection that other
 * requests may need. It runs again if the database rolled the transaction back.
 */
export function createInTransaction(strapi: Strapi): InTransaction {
  return (work) =>
    strapi.db.inTransaction() ? work() : retryIfRolledBack(() => committed(strapi, work));
}

/** Strapi ignores a failed COMMIT; only knex's own promise rejects. */
async function committed<T>(strapi: Strapi, work: () => Promise<T>): Promise<T> {
  let outcome: Promise<unknown> = Promise.resolve();
  const result = await strapi.db.transaction(async ({ trx }: { trx: Knex.Transaction }) => {
    outcome = trx.executionPromise;
    // Strapi's promise rejects with the same error; this handler prevents an unhandled rejection.
    outcome.catch(() => undefined);
    return await work();
  });
  await outcome;
  return result;
}
