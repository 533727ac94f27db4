import type { Knex } from 'knex';
import type { Strapi } from '../strapi';

type ContentTypeUid = Parameters<Strapi['db']['metadata']['get']>[0];

/** A content type's table, queried statement by statement without Strapi's per-row machinery. */
export interface Table {
  /** Starts a statement on the table, in its schema where the database has schemas. */
  query(): Knex.QueryBuilder;
  /** Runs a statement, inside the transaction that surrounds the caller if there is one. */
  run<T>(statement: Knex.QueryBuilder): Promise<T>;
}

/** Gives the table of a content type. */
export function tableOf(strapi: Strapi, uid: ContentTypeUid): Table {
  const { tableName } = strapi.db.metadata.get(uid);
  return {
    query: () => strapi.db.getConnection(tableName),
    // SQLite has one connection: a statement outside the surrounding transaction would wait for it.
    run: async <T>(statement: Knex.QueryBuilder): Promise<T> =>
      strapi.db.inTransaction()
        ? await strapi.db.transaction(async ({ trx }: { trx: Knex.Transaction }) => {
            return (await statement.transacting(trx)) as T;
          })
        : ((await statement) as T),
  };
}
