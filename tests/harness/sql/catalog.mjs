import { CLIENT } from '../databases/database.mjs';

const TABLES = {
  sqlite: `SELECT name FROM sqlite_master WHERE type = 'table'`,
  postgres: 'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()',
  mysql: `SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = database()`,
}[CLIENT];

/** One row for each column of an index, in the order of the columns. */
const INDEXES = {
  sqlite: `SELECT l.name, l."unique" AS is_unique, c.name AS column_name
    FROM pragma_index_list(?) l, pragma_index_info(l.name) c ORDER BY l.name, c.seqno`,
  postgres: `SELECT i.relname AS name, x.indisunique AS is_unique, a.attname AS column_name
    FROM pg_index x
    JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey)
    WHERE x.indrelid = to_regclass(?)
    ORDER BY i.relname, array_position(x.indkey::int[], a.attnum::int)`,
  mysql: `SELECT index_name AS name, non_unique = 0 AS is_unique, column_name
    FROM information_schema.statistics WHERE table_schema = database() AND table_name = ?
    ORDER BY index_name, seq_in_index`,
}[CLIENT];

const COLUMNS = {
  sqlite: `SELECT m.name AS "table", c.* FROM sqlite_master m, pragma_table_info(m.name) c
    WHERE m.type = 'table' ORDER BY m.name, c.cid`,
  postgres: `SELECT table_name, column_name, data_type, is_nullable, column_default,
      character_maximum_length
    FROM information_schema.columns WHERE table_schema = current_schema()
    ORDER BY table_name, ordinal_position`,
  mysql: `SELECT table_name, column_name, column_type, is_nullable, column_default, collation_name
    FROM information_schema.columns WHERE table_schema = database()
    ORDER BY table_name, ordinal_position`,
}[CLIENT];

/** Lists the names of the tables. */
export function tablesOf(database) {
  return database
    .rows(TABLES)
    .map(({ name }) => name)
    .sort();
}

/** Lists the indexes of a table as `column,column`, followed by ` unique` where they are. */
export function indexesOf(database, table) {
  const columns = new Map();
  for (const { name, is_unique, column_name } of database.rows(INDEXES, table)) {
    const index = columns.get(name) ?? { names: [], isUnique: Boolean(is_unique) };
    columns.set(name, index);
    index.names.push(column_name);
  }
  return [...columns.values()].map(({ names, isUnique }) => names + (isUnique ? ' unique' : ''));
}

/** Describes every table, column and index there is. */
export function schemaOf(database) {
  const indexes = tablesOf(database).map((table) => [table, indexesOf(database, table)]);
  return { columns: database.rows(COLUMNS), indexes };
}
