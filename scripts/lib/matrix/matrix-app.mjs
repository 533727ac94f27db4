import { copyFileSync, cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildAdmin } from '../../../tests/harness/app/admin-build.mjs';
import { cached } from '../../../tests/harness/cache/cache.mjs';
import { hashPaths, keyOf } from '../../../tests/harness/cache/hash.mjs';
import { installKey, linkPackages } from '../../../tests/harness/app/app-install.mjs';
import { addSqliteDriver } from '../../../tests/harness/app/sqlite-driver.mjs';
import { ROOT, TEST_APP } from '../../../tests/harness/paths.mjs';
import { isSource, sourceHash } from '../../../tests/harness/app/prepared-app.mjs';
import { npm, step } from '../../../tests/harness/process/run.mjs';
import { nameOf } from '../../../tests/harness/matrix/cells.mjs';
import { nodeKit } from './node-kit.mjs';
import { ownDriver, strapiInstall } from './strapi-install.mjs';

const MATRIX = path.join(ROOT, 'tests', 'matrix');

/** The files that turn the test app into a project in TypeScript. */
const TYPESCRIPT = path.join(MATRIX, 'typescript-app');

/** The files with which webpack builds the admin panel. */
const WEBPACK = path.join(MATRIX, 'webpack-app');

/** Returns an app of a cell's Strapi, with the packed plugin in it and built on the cell's Node. */
export async function matrixApp(cell, tarball) {
  const { node, strapi, bundler, language } = cell;
  const kind = ['matrix-app', node, strapi, bundler, language].join('-');
  const kit = await nodeKit(node);
  const install = await strapiInstall(cell);
  const appKey = keyOf(
    installKey(),
    path.relative(ROOT, install),
    kit.version,
    sourceHash(),
    hashPaths([TYPESCRIPT, WEBPACK]),
  );
  return cached(kind, keyOf(appKey, hashPaths([tarball])), async (folder) => {
    await step(`Installing the packed plugin for ${nameOf(cell)}`, async () => {
      linkPackages(folder, install);
      copySources(cell, folder);
      if (install !== ROOT) {
        for (const name of ['package.json', 'package-lock.json'])
          copyFileSync(path.join(install, name), path.join(folder, name));
      }
      copyFileSync(tarball, path.join(folder, 'plugin.tgz'));
      await npm(['install', './plugin.tgz', ...ownDriver(node), '--ignore-scripts'], folder);
      await addSqliteDriver(folder, kit);
    });
    // Strapi puts both the admin and the compiled sources of a project in TypeScript there.
    const output = language === 'typescript' ? 'dist' : 'build';
    const options = { kind: `${kind}-build`, node: kit.node, bundler, output };
    await buildAdmin(folder, appKey, options);
  });
}

function copySources({ language, bundler }, folder) {
  cpSync(TEST_APP, folder, { recursive: true, filter: isSource });
  if (bundler === 'webpack') cpSync(WEBPACK, folder, { recursive: true });
  if (language !== 'typescript') return;
  cpSync(TYPESCRIPT, folder, { recursive: true });
  rmSync(path.join(folder, 'config', 'plugins.js'));
}
