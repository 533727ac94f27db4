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
  /**
   * Runs a statement of background work, which gives up after ten seconds and closes its connection.
   *
   * A connection that has silently died never answers. Strapi would wait for it when it stops.
   */
  runInBackground<T>(statement: Knex.QueryBuilder): Promise<T>;
}

/** The longest wait of background work for a statement, in milliseconds. */
const MAX_BACKGROUND_MS = 10_000;

/** Returns the table of a content type. */
export function tableOf(strapi: Strapi, uid: ContentTypeUid): Table {
  const { tableName } = strapi.db.metadata.get(uid);
  const schema = strapi.db.getSchemaName();
  // SQLite has one connection: a statement outside of the caller's transaction would deadlock with
  // it.
  const inTransaction = async <T>(statement: Knex.QueryBuilder): Promise<T> =>
    await strapi.db.transaction(async ({ trx }: { trx: Knex.Transaction }) => {
      return (await statement.transacting(trx)) as T;
    });
  const alone = <T>(statement: Knex.QueryBuilder): Promise<T> =>
    retryIfRolledBack(async () => (await statement) as T);

  return {
    name: schema ? `${schema}.${tableName}` : tableName,
    raw: (sql, bindings) => strapi.db.connection.raw(sql, bindings),
    query: () => strapi.db.getConnection(tableName),

    run: <T>(statement: Knex.QueryBuilder): Promise<T> =>
      strapi.db.inTransaction() ? inTransaction<T>(statement) : alone<T>(statement),

    runInBackground: <T>(statement: Knex.QueryBuilder): Promise<T> =>
      strapi.db.inTransaction()
        ? inTransaction<T>(statement)
        : alone<T>(statement.timeout(MAX_BACKGROUND_MS)),
  };
}
