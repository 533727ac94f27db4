import { ServerDatabase } from './server-database.mjs';
import { SqliteDatabase } from './sqlite-database.mjs';

/** The variable that says on which database the tests run. */
export const DATABASE_VARIABLE = 'DATABASE';

/** The database of the tests: `sqlite`, `postgres` or `mysql`, which is MariaDB here. */
export const CLIENT = process.env[DATABASE_VARIABLE] || 'sqlite';

/**
 * Returns the database that belongs to a folder of a test, to be read and damaged behind Strapi's back;
 * `client` is for tests of what only some databases can do.
 */
export function databaseIn(appFolder, folder, client = CLIENT) {
  if (client === 'sqlite') return new SqliteDatabase(appFolder, folder);
  return new ServerDatabase(client, appFolder, folder);
}
