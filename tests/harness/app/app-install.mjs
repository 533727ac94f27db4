import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../cache/cache.mjs';
import { keyOf } from '../cache/hash.mjs';
import { nativeBuildEnv, nativeTarget } from '../tools/native.mjs';
import { TEST_APP } from '../paths.mjs';
import { npm, step } from '../process/run.mjs';

const MANIFESTS = ['package.json', 'package-lock.json', '.npmrc'];

/** Names the install of the test app: its lock file and what its native modules are built for. */
export function installKey() {
  const manifests = MANIFESTS.map((name) => readFileSync(path.join(TEST_APP, name), 'utf8'));
  return keyOf(manifests, nativeTarget());
}

/** Returns a folder with the dependencies of the test app as its lock file names them. */
export function installedApp() {
  return cached('installs', installKey(), (folder) =>
    step('Installing Strapi for the test app (once, about 3 minutes)', async () => {
      for (const name of MANIFESTS)
        copyFileSync(path.join(TEST_APP, name), path.join(folder, name));
      await npm(['ci', '--ignore-scripts'], folder);
      await npm(['rebuild', 'better-sqlite3'], folder, nativeBuildEnv());
    }),
  );
}
