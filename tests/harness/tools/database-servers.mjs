import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { aptInstall } from './apt.mjs';
import { capture } from '../process/run.mjs';

/** Where Debian keeps the programs of PostgreSQL, each version in a folder of its own. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** Where Debian keeps the server of MariaDB, which is not on everybody's path. */
const DEBIAN_SBIN = '/usr/sbin';

const TOOLS = {
  postgres: {
    package: 'postgresql',
    program: 'initdb',
    help:
      'The tests on PostgreSQL need its server, version 14 or later. Install it (Debian, Ubuntu: ' +
      'apt-get install postgresql; macOS: brew install postgresql@15) and run this again.',
  },
  mysql: {
    package: 'mariadb-server',
    program: 'mariadbd',
    help:
      'The tests on MariaDB need its server, version 10.11 or later. Install it (Debian, Ubuntu: ' +
      'apt-get install mariadb-server; macOS: brew install mariadb) and run this again.',
  },
};

/** Installs the server of a database by apt-get where none is and that is possible; fails otherwise. */
export async function ensureDatabase(client) {
  const tool = TOOLS[client];
  if (!tool || (await isThere(tool))) return;
  if ((await aptInstall(tool.package)) && (await isThere(tool))) return;
  throw new Error(tool.help);
}

/** Returns how to call a program of a database's server. */
export function databaseProgram(name) {
  const folders = [...postgresFolders(), DEBIAN_SBIN];
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
  return found ?? name;
}

/** The newest version comes first. */
function postgresFolders() {
  if (!existsSync(DEBIAN_POSTGRES)) return [];
  const versions = readdirSync(DEBIAN_POSTGRES).sort((one, other) => other - one);
  return versions.map((version) => path.join(DEBIAN_POSTGRES, version, 'bin'));
}

async function isThere({ program }) {
  try {
    await capture(databaseProgram(program), ['--version']);
    return true;
  } catch {
    return false;
  }
}
