import type { Strapi } from '../../../strapi';
import { tableOf } from './table';

/** Locks rows until the end of the caller's transaction. */
export interface RowLocks {
  /** Locks one row; returns whether there is one. */
  lock(id: number): Promise<boolean>;
  /** Locks all rows. */
  lockAll(): Promise<void>;
}

/**
 * Creates the locks of a content type's rows; call them first in a transaction.
 *
 * SQLite has no locks of rows, and runs the transactions of a process one after another.
 */
export function createRowLocks(strapi: Strapi, uid: Parameters<typeof tableOf>[1]): RowLocks {
  const table = tableOf(strapi, uid);
  const locked = () => table.query().orderBy('id').forUpdate();
  return {
    lock: async (id) => (await table.run<number[]>(locked().where({ id }).pluck('id'))).length > 0,

    async lockAll() {
      await table.run(locked().pluck('id'));
    },
  };
}
