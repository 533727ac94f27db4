import path from 'node:path';
import { databaseProgram } from '../tools/database-servers.mjs';
import { IS_DURABLE } from './durable.mjs';

export const client = 'mysql';

/** Who the server runs as when the tests run as root. */
export const systemUser = 'mysql';

export const user = 'root';

/** The database in which others are made. */
export const maintenance = 'mysql';

/** A server that starts clears away what it takes for its own in the folder of temporary tables. */
const temporaryFolder = (folder) => `--tmpdir=${path.dirname(folder)}`;

/** The command that makes the data of a server in an empty folder. */
export function install(folder) {
  const args = ['--no-defaults', `--datadir=${folder}`, temporaryFolder(folder)];
  const access = ['--auth-root-authentication-method=normal', '--skip-test-db'];
  return [databaseProgram('mariadb-install-db'), ...args, ...access];
}

/** The command that runs the server. */
export function serve(folder, port) {
  const settings = {
    datadir: folder,
    port,
    socket: `${folder}/socket`,
    'log-error': `${folder}/error.log`,
    'bind-address': '127.0.0.1',
    'max-connections': 200,
    'character-set-server': 'utf8mb4',
    'innodb-log-file-size': '16M',
    'innodb-flush-log-at-trx-commit': IS_DURABLE ? 1 : 2,
  };
  const options = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  return [databaseProgram('mariadbd'), '--no-defaults', temporaryFolder(folder), ...options];
}

/**
 * Whether any other connection reads or writes at the moment. The server refreshes the table only
 * after it has not been read for a tenth of a second, so a faster query would always see the same.
 */
export const BUSY = `SELECT CASE WHEN sleep(0.15) = 0
  THEN (SELECT count(*) FROM information_schema.innodb_trx) END AS n`;

/** How many wait for a lock at the moment. */
export const WAITING = `SELECT variable_value AS n FROM information_schema.global_status
  WHERE variable_name = 'innodb_row_lock_current_waits'`;

export const SIZE = `SELECT data_length + index_length AS n FROM information_schema.tables
  WHERE table_schema = database() AND table_name = ?`;

export const FLUSH = 'FLUSH TABLES';

/** The statement that the server's own maintenance runs sooner or later. */
export const UPKEEP = 'ANALYZE TABLE magic_sessionmanager_sessions, up_users';

export const drop = (name) => `DROP DATABASE IF EXISTS "${name}"`;

/** Opens a connection with the driver of the app. */
export async function connect(require, where) {
  const options = { ...where, multipleStatements: true };
  const session = await require('mysql2/promise').createConnection(options);
  // Names are quoted as in every other database.
  await session.query(`SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')`);
  return {
    /** Runs one statement, or several without values, and returns the rows of the last. */
    async run(sql, values = []) {
      const [rows] = await session.query(sql, values);
      return Array.isArray(rows) ? rows : [];
    },
    end: () => session.end(),
  };
}
