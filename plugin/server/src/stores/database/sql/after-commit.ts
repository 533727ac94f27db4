import type { Strapi } from '../../../strapi';

/** Runs a function once the caller's transaction is committed; immediately outside of one. */
export type AfterCommit = (act: () => void) => Promise<void>;

/** Creates an {@link AfterCommit}; after a rollback the function does not run. */
export function createAfterCommit(strapi: Strapi): AfterCommit {
  return async (act) => {
    if (!strapi.db.inTransaction()) {
      act();
      return;
    }
    await strapi.db.transaction(({ onCommit }: { onCommit: (act: () => void) => void }) => {
      onCommit(act);
    });
  };
}
