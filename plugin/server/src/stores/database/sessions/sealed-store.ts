import type { Strapi } from '../../../strapi';
import { BATCH_SIZE } from '../sql/batches';
import { COLUMNS, type TOKEN_FIELDS } from './session-row';
import { tableOf } from '../sql/table';

/** A column that holds a sealed token. */
export type SealedField = (typeof TOKEN_FIELDS)[number];

/** The sealed tokens of one row. */
export interface SealedTokens {
  /** The number of the row; pages are in this order. */
  row: number;
  sessionId: string;
  accessToken: string | null;
  refreshToken: string | null;
}

/** Reads and replaces the sealed tokens of all sessions. */
export interface SealedStore {
  /** Returns a page of the rows after `row`, in order of their numbers. */
  after(row: number): Promise<SealedTokens[]>;
  /** Replaces `envelope` with `by`, unless the column has changed meanwhile. */
  replace(row: number, field: SealedField, envelope: string, by: string): Promise<void>;
}

/** Opens the session table for its sealed tokens. */
export function createSealedStore(strapi: Strapi): SealedStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  const { sessionId, accessToken, refreshToken } = COLUMNS;
  return {
    async after(row) {
      const page = table.query().where('id', '>', row).orderBy('id').limit(BATCH_SIZE);
      return await table.run(page.select({ row: 'id', sessionId, accessToken, refreshToken }));
    },

    async replace(row, field, envelope, by) {
      const column = COLUMNS[field];
      await table.run(
        table
          .query()
          .where({ id: row, [column]: envelope })
          .update({ [column]: by }),
      );
    },
  };
}
