import type { Knex } from 'knex';
import type { Strapi } from '../../../strapi';
import { retryIfRolledBack } from './retry';

type ContentTypeUid = Parameters<Strapi['db']['metadata']['get']>[0];

/** A content type's table, queried statement by statement without Strapi's per-row machinery. */
export interface Table {
  /** The table's name, in its schema where the database has schemas. */
  name: string;
  /** Creates a raw SQL fragment, with `??` for names and `?` for values. */
  raw(sql: string, bindings: readonly Knex.RawBinding[]): Knex.Raw;
  /** Starts a statement on the table, in its schema where the database has schemas. */
  query(): Knex.QueryBuilder;
  /**
   * Runs a statement in the caller's transaction if there is one. Outside of a transaction it
   * retries a statement that the database rolled back.
   */
  run<T>(statement: Knex.QueryBuilder): Promise<T>;
}

/** Returns the table of a content type. */
export function tableOf(strapi: Strapi, uid: ContentTypeUid): Table {
  const { tableName } = strapi.db.metadata.get(uid);
  const schema = strapi.db.getSchemaName();
  return {
    name: schema ? `${schema}.${tableName}` : tableName,
    raw: (sql, bindings) => strapi.db.connection.raw(sql, bindings),
    query: () => strapi.db.getConnection(tableName),
    // SQLite has one connection: a statement outside of the caller's transaction would deadlock
    // with it.
    run: async <T>(statement: Knex.QueryBuilder): Promise<T> =>
      strapi.db.inTransaction()
        ? await strapi.db.transaction(async ({ trx }: { trx: Knex.Transaction }) => {
            return (await statement.transacting(trx)) as T;
          })
        : await retryIfRolledBack(async () => (await statement) as T),
  };
}
