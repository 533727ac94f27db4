import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../cache.mjs';
import { hashPaths, keyOf } from '../hash.mjs';
import { linkTree } from '../link-tree.mjs';
import { TEST_APP } from '../paths.mjs';
import { isSource, NPM_NOTES } from '../prepared-app.mjs';
import { capture, npm, step } from '../run.mjs';
import { BUILD_SECRETS } from '../admin-build.mjs';
import { QUIET_STRAPI, strapiCommand } from '../strapi-cli.mjs';
import { nameOf } from './cells.mjs';
import { nodeKit } from './node-kit.mjs';

/** The last line of better-sqlite3 that runs on Node 18. */
const SQLITE_FOR_NODE_18 = '11.10.0';

/**
 * Returns a fresh app of a cell's Strapi, installed by npm on the cell's Node, with the packed
 * plugin in it and its admin built.
 */
export async function matrixApp(cell, tarball) {
  const kit = await nodeKit(cell.node);
  const install = await installed(cell, kit);
  const kind = `matrix-app-${cell.node}-${cell.strapi}-${cell.bundler ?? 'vite'}`;
  return cached(kind, keyOf(hashPaths([TEST_APP, tarball])), (folder) =>
    step(`Building the app for ${nameOf(cell)}`, async () => {
      linkTree(path.join(install, 'node_modules'), path.join(folder, 'node_modules'), [NPM_NOTES]);
      cpSync(TEST_APP, folder, { recursive: true, filter: isSource });
      copyFileSync(path.join(install, 'package.json'), path.join(folder, 'package.json'));
      copyFileSync(path.join(install, 'package-lock.json'), path.join(folder, 'package-lock.json'));
      copyFileSync(tarball, path.join(folder, 'plugin.tgz'));
      await npm(['install', './plugin.tgz', '--ignore-scripts'], folder);
      const build = ['build', ...(cell.bundler ? ['--bundler', cell.bundler] : [])];
      await capture(kit.node, [strapiCommand(folder), ...build], {
        cwd: folder,
        env: { ...process.env, ...QUIET_STRAPI, ...BUILD_SECRETS, NODE_ENV: 'production' },
      });
    }),
  );
}

/** Returns a folder with a cell's Strapi as npm installs it today, and SQLite's driver compiled for its Node. */
function installed(cell, { prefix, version }) {
  const manifest = JSON.stringify(manifestOf(cell), null, 2);
  return cached(`matrix-install-${cell.node}-${cell.strapi}`, keyOf(manifest, version), (folder) =>
    step(`Installing Strapi ${cell.strapi} for Node ${cell.node}`, async () => {
      writeFileSync(path.join(folder, 'package.json'), manifest);
      copyFileSync(path.join(TEST_APP, '.npmrc'), path.join(folder, '.npmrc'));
      await npm(['install', '--ignore-scripts'], folder);
      const target = { npm_config_nodedir: prefix, npm_config_target: version };
      await npm(['rebuild', 'better-sqlite3'], folder, target);
    }),
  );
}

function manifestOf({ node, strapi }) {
  const { dependencies, ...manifest } = JSON.parse(
    readFileSync(path.join(TEST_APP, 'package.json'), 'utf8'),
  );
  const { '@strapi/plugin-graphql': _notEverywhere, ...others } = dependencies;
  return {
    ...manifest,
    engines: {},
    dependencies: {
      ...others,
      '@strapi/strapi': strapi,
      '@strapi/plugin-users-permissions': strapi,
      ...(node === 18 && { 'better-sqlite3': SQLITE_FOR_NODE_18 }),
      // Its own place for this package is not where Strapi looks.
      ...(strapi === '5.0.0' && { '@strapi/email': strapi }),
    },
    // Older ones fetch a binary from elsewhere.
    ...(strapi === '5.0.0' && { overrides: { sharp: '0.33.5' } }),
  };
}
