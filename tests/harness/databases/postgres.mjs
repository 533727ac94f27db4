import { databaseProgram } from '../tools/database-servers.mjs';
import { IS_DURABLE } from './durable.mjs';

export const client = 'postgres';

/** Who the server runs as when the tests run as root, which it refuses. */
export const systemUser = 'postgres';

export const user = 'postgres';

/** The database in which others are made. */
export const maintenance = 'postgres';

const WITHOUT_DISK_SYNC = !IS_DURABLE && { fsync: 'off', full_page_writes: 'off' };

/** The command that makes the data of a server in an empty folder. */
export function install(folder) {
  const args = ['--pgdata', folder, '--username', user, '--auth', 'trust'];
  return [databaseProgram('initdb'), ...args, '--encoding', 'UTF8', '--no-locale', '--no-sync'];
}

/** The command that runs the server. */
export function serve(folder, port) {
  const settings = {
    ...WITHOUT_DISK_SYNC,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: 200,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return [databaseProgram('postgres'), '-D', folder, '-p', String(port), ...options];
}

/** Whether anyone but the asker, and the server's own upkeep, reads or writes at the moment. */
export const BUSY = `SELECT count(*) AS n FROM pg_stat_activity
  WHERE datname = current_database() AND backend_type = 'client backend'
  AND state <> 'idle' AND pid <> pg_backend_pid()`;

/** How many wait for a lock at the moment. */
export const WAITING = `SELECT count(*) AS n FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

export const SIZE = 'SELECT pg_total_relation_size(to_regclass(?)) AS n';

export const FLUSH = 'CHECKPOINT';

/** The statement that the server's own maintenance runs sooner or later. */
export const UPKEEP = 'VACUUM ANALYZE';

export const drop = (name) => `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`;

const BIG_INTEGER = 20;

/** Opens a connection with the driver of the app. */
export async function connect(require, where) {
  const pg = require('pg');
  pg.types.setTypeParser(BIG_INTEGER, Number);
  const session = new pg.Client(where);
  await session.connect();
  return {
    /** Runs one statement, or several without values, and returns the rows of the last. */
    async run(sql, values = []) {
      const answer = await (values.length > 0
        ? session.query(numbered(sql), values)
        : session.query(sql));
      return [answer].flat().at(-1)?.rows ?? [];
    },
    end: () => session.end(),
  };
}

/** Writes `?` as PostgreSQL does. */
function numbered(sql) {
  let count = 0;
  return sql.replace(/\?/g, () => `$${(count += 1)}`);
}
