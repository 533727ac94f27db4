import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../cache/cache.mjs';
import { npm, step } from '../process/run.mjs';
import { nativeBuildEnv, nativeTarget } from '../tools/native.mjs';

const DRIVER = path.join('node_modules', 'better-sqlite3');
const COMPILED = path.join(DRIVER, 'build', 'Release', 'better_sqlite3.node');

/**
 * Adds SQLite's driver to an app, compiled for the running Node, or for that of a kit. Only the
 * compiled file of the driver depends on the version of Node.
 */
export async function addSqliteDriver(appFolder, kit) {
  const folder = await sqliteDriver(appFolder, kit);
  const target = path.join(appFolder, COMPILED);
  // The file that is there may be linked to from other apps.
  rmSync(target, { force: true });
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(path.join(folder, COMPILED), target);
}

/** Returns a folder with the driver in the version of an app, compiled for a Node. */
export function sqliteDriver(appFolder, kit) {
  const manifest = path.join(appFolder, DRIVER, 'package.json');
  const { version: driver } = JSON.parse(readFileSync(manifest, 'utf8'));
  const { name, env } = kit ? targetOf(kit) : { name: nativeTarget(), env: nativeBuildEnv() };
  return cached(`sqlite-driver-${name}`, driver, (folder) =>
    step(`Installing SQLite's driver ${driver} for ${name}`, () => {
      writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
      return npm(['install', `better-sqlite3@${driver}`], folder, env);
    }),
  );
}

/** The driver of a kit runs for seconds and compiles for minutes, so it is hardly optimised. */
const FAST_BUILD = { CFLAGS: '-O1', CXXFLAGS: '-O1' };

function targetOf({ prefix, version }) {
  const env = { npm_config_nodedir: prefix, npm_config_target: version, ...FAST_BUILD };
  return { name: version, env };
}
