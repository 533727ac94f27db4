import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../../../tests/harness/cache/cache.mjs';
import { npm, step } from '../../../tests/harness/process/run.mjs';

const DRIVER = path.join('node_modules', 'better-sqlite3');
const COMPILED = path.join(DRIVER, 'build', 'Release', 'better_sqlite3.node');

/**
 * Gives an app SQLite's driver as compiled for a Node, which is all in it that another version of
 * Node cannot use.
 */
export async function addSqliteDriver(appFolder, kit) {
  const folder = await sqliteDriver(appFolder, kit);
  const target = path.join(appFolder, COMPILED);
  // What is there may be linked to from other apps.
  rmSync(target, { force: true });
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(path.join(folder, COMPILED), target);
}

/** Returns a folder with an app's version of the driver, compiled for a Node. */
export function sqliteDriver(appFolder, { prefix, version }) {
  const { version: driver } = JSON.parse(
    readFileSync(path.join(appFolder, DRIVER, 'package.json'), 'utf8'),
  );
  return cached(`sqlite-driver-${version}`, driver, (folder) =>
    step(`Installing SQLite's driver ${driver} for Node ${version}`, () => {
      writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
      const target = { npm_config_nodedir: prefix, npm_config_target: version };
      return npm(['install', `better-sqlite3@${driver}`], folder, target);
    }),
  );
}
