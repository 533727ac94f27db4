import type { Strapi } from '../../../strapi';

/**
 * Runs a function once the caller's transaction is committed; immediately outside of one.
 *
 * @param undo Runs instead after a rollback.
 */
export type AfterCommit = (act: () => void, undo?: () => void) => Promise<void>;

/** The used part of Strapi's transactions. */
interface TransactionEvents {
  onCommit: (act: () => void) => void;
  onRollback: (act: () => void) => void;
}

/** Creates an {@link AfterCommit}. */
export function createAfterCommit(strapi: Strapi): AfterCommit {
  return async (act, undo) => {
    if (!strapi.db.inTransaction()) {
      act();
      return;
    }
    await strapi.db.transaction(({ onCommit, onRollback }: TransactionEvents) => {
      onCommit(act);
      if (undo) onRollback(undo);
    });
  };
}
