import { copyFileSync, cpSync } from 'node:fs';
import path from 'node:path';
import { buildAdmin } from './admin-build.mjs';
import { installKey, linkPackages } from './app-install.mjs';
import { cached } from '../cache/cache.mjs';
import { hashPaths, keyOf } from '../cache/hash.mjs';
import { addSqliteDriver } from './sqlite-driver.mjs';
import { TEST_APP } from '../paths.mjs';
import { npm, step } from '../process/run.mjs';

/** Files and folders that a run or an editor may leave in the test app. None is a source. */
const NOT_SOURCES = ['node_modules', 'build', 'dist', '.tmp', '.cache', '.strapi', '.env'];

/**
 * Returns a folder with the test app, the packed plugin installed in it by npm as any user would,
 * and its admin panel built for production.
 */
export async function preparedApp(tarball) {
  const appKey = keyOf(installKey(), sourceHash());
  return cached('apps', keyOf(appKey, hashPaths([tarball])), async (folder) => {
    await step('Installing the packed plugin into the test app', async () => {
      linkPackages(folder);
      cpSync(TEST_APP, folder, { recursive: true, filter: isSource });
      copyFileSync(tarball, path.join(folder, 'plugin.tgz'));
      await npm(['install', './plugin.tgz', '--ignore-scripts'], folder);
    });
    // The compiler and the bundler are busy with other things.
    await Promise.all([addSqliteDriver(folder), buildAdmin(folder, appKey)]);
  });
}

/** Hashes the sources of the test app. */
export function sourceHash() {
  return hashPaths([TEST_APP], NOT_SOURCES);
}

/** Says whether a file or folder of the test app is one of its sources. */
export function isSource(file) {
  return file === TEST_APP || !NOT_SOURCES.includes(path.basename(file));
}
