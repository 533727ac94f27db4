import type { Knex } from 'knex';
import type { Strapi } from '../../../strapi';

/**
 * Runs a function once the caller's transaction is committed; immediately outside of one.
 *
 * @param undo Runs instead after a rollback.
 */
export type AfterCommit = (act: () => void, undo?: () => void) => Promise<void>;

/** The used part of Strapi's transactions. */
interface TransactionEvents {
  trx: Knex.Transaction;
  onCommit: (act: () => void) => void;
  onRollback: (act: () => void) => void;
}

/** Creates an {@link AfterCommit}; Strapi ignores a failed COMMIT, which counts as a rollback here. */
export function createAfterCommit(strapi: Strapi): AfterCommit {
  return async (act, undo) => {
    if (!strapi.db.inTransaction()) {
      act();
      return;
    }
    await strapi.db.transaction(({ trx, onCommit, onRollback }: TransactionEvents) => {
      // Strapi calls neither function of a transaction that could not begin.
      if (trx.isCompleted()) {
        undo?.();
        return;
      }
      onCommit(() => void trx.executionPromise.then(act, undo ?? (() => undefined)));
      if (undo) onRollback(undo);
    });
  };
}

/**
 * Passes on a promise of the caller's COMMIT; does nothing outside of a transaction.
 *
 * The promise rejects if the COMMIT fails, which Strapi ignores, and resolves after a rollback.
 */
export type WatchCommit = (watch: (commit: Promise<unknown>) => void) => Promise<void>;

/** Creates a {@link WatchCommit}. */
export function createWatchCommit(strapi: Strapi): WatchCommit {
  return async (watch) => {
    if (!strapi.db.inTransaction()) return;
    await strapi.db.transaction(({ trx }: TransactionEvents) => {
      watch(trx.executionPromise);
    });
  };
}
