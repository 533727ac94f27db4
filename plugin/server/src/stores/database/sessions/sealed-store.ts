import type { Strapi } from '../../../strapi';
import { BATCH_SIZE } from '../sql/batches';
import { COLUMNS } from './session-row';
import { tableOf } from '../sql/table';

/** The sealed refresh token of one row. */
export interface SealedToken {
  /** The number of the row; pages are in this order. */
  row: number;
  sessionId: string;
  refreshToken: string | null;
}

/** Reads and replaces the sealed tokens of all sessions. */
export interface SealedStore {
  /** Returns a page of the rows after `row`, in order of their numbers. */
  after(row: number): Promise<SealedToken[]>;
  /** Replaces `envelope` with `by`, unless the column has changed meanwhile. */
  replace(row: number, envelope: string, by: string): Promise<void>;
}

/** Opens the session table for its sealed tokens. */
export function createSealedStore(strapi: Strapi): SealedStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  const { sessionId, refreshToken } = COLUMNS;
  return {
    async after(row) {
      const page = table.query().where('id', '>', row).orderBy('id').limit(BATCH_SIZE);
      return await table.run(page.select({ row: 'id', sessionId, refreshToken }));
    },

    async replace(row, envelope, by) {
      const unchanged = table.query().where({ id: row, [refreshToken]: envelope });
      await table.run(unchanged.update({ [refreshToken]: by }));
    },
  };
}
