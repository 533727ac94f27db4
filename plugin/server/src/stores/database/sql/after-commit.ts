import type { Strapi } from '../../../strapi';

/** Acts once the transaction around the caller is committed; at once where there is none. */
export type AfterCommit = (act: () => void) => Promise<void>;

/** Makes the way to act after a commit; after a rollback nothing happens. */
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
