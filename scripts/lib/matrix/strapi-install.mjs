import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../../../tests/harness/cache/cache.mjs';
import { keyOf } from '../../../tests/harness/cache/hash.mjs';
import { ROOT, TEST_APP } from '../../../tests/harness/paths.mjs';
import { npm, step } from '../../../tests/harness/process/run.mjs';

/** Versions of better-sqlite3 for the versions of Node on which that of the test app does not run. */
const SQLITE_FOR_NODE = { 18: '11.10.0', 26: '12.11.1' };

/** Names the driver that npm has to install into an app for a version of Node, if it is not the usual one. */
export function ownDriver(node) {
  return node in SQLITE_FOR_NODE ? [`better-sqlite3@${SQLITE_FOR_NODE[node]}`] : [];
}

/**
 * Returns a folder with a cell's Strapi as npm installs it today. Where that is the version of the
 * test app, it is the repository itself, with the packages of its lock file.
 */
export async function strapiInstall({ node, strapi }) {
  const { dependencies, ...app } = JSON.parse(
    readFileSync(path.join(TEST_APP, 'package.json'), 'utf8'),
  );
  if (strapi === dependencies['@strapi/strapi']) return ROOT;
  const manifest = { ...app, engines: {}, ...requirements(dependencies, node, strapi) };
  const text = JSON.stringify(manifest, null, 2);
  return cached(`matrix-install-${strapi}`, keyOf(text), (folder) =>
    step(`Installing Strapi ${strapi} for Node ${node}`, async () => {
      writeFileSync(path.join(folder, 'package.json'), text);
      copyFileSync(path.join(TEST_APP, '.npmrc'), path.join(folder, '.npmrc'));
      await npm(['install', '--ignore-scripts'], folder);
    }),
  );
}

function requirements(dependencies, node, strapi) {
  const { '@strapi/plugin-graphql': _notEverywhere, ...others } = dependencies;
  return {
    dependencies: {
      ...others,
      '@strapi/strapi': strapi,
      '@strapi/plugin-users-permissions': strapi,
      ...(node in SQLITE_FOR_NODE && { 'better-sqlite3': SQLITE_FOR_NODE[node] }),
      // Its own place for this package is not where Strapi looks.
      ...(strapi === '5.0.0' && { '@strapi/email': strapi }),
    },
    // Older ones fetch a binary from elsewhere.
    ...(strapi === '5.0.0' && { overrides: { sharp: '0.33.5' } }),
  };
}
