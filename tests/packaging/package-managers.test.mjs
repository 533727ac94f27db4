import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { packageManager } from '../harness/tools/package-managers.mjs';
import { packedPlugin } from '../harness/app/packed-plugin.mjs';
import { capture, npm } from '../harness/process/run.mjs';

const NAME = 'strapi-plugin-magic-sessionmanager';

/** A project of its own, outside of this repository, that has the plugin and nothing else. */
const MANIFEST = {
  name: 'project',
  version: '1.0.0',
  private: true,
  dependencies: { [NAME]: 'file:./plugin.tgz' },
};

/** Loads the server as Strapi does, and as a module; has the core judge options; finds the types. */
const CONSUMER = `
const { default: asScript } = require('${NAME}/strapi-server');
(async () => {
  const { default: asModule } = await import('${NAME}/strapi-server');
  const complaints = [asScript, asModule].map(({ config }) => {
    config.validator({ inactivityTimeout: 60000, cleanupCron: '0 4 * * *' });
    try { config.validator({ inactivityTimeout: 1 }); } catch ({ message }) { return message; }
  });
  const folder = require('node:path').dirname(require.resolve('${NAME}/package.json'));
  await import(require.resolve('redis', { paths: [folder] }));
  console.log(JSON.stringify({
    complaints,
    manifest: require('${NAME}/package.json').name,
    types: require('node:fs').existsSync(require.resolve('${NAME}/types')),
    folder,
  }));
})();
`;

/** Each manager with how it installs a project without what Strapi would bring, running no script. */
const MANAGERS = {
  'npm --ignore-scripts': {
    install: (folder) => npm(['install', '--ignore-scripts', '--legacy-peer-deps'], folder),
  },
  'pnpm, whose node_modules hold only what is declared': {
    install: async (folder) => {
      const pnpm = await packageManager('pnpm');
      const store = path.join(folder, 'store');
      const without = ['--ignore-scripts', '--config.auto-install-peers=false'];
      await pnpm(['install', ...without, '--store-dir', store], folder, { CI: 'true' });
    },
    isLinked: true,
  },
  'yarn 1': {
    install: async (folder) => {
      const yarn = await packageManager('yarn 1');
      const cache = ['--cache-folder', path.join(folder, 'cache')];
      await yarn(['install', '--ignore-scripts', '--non-interactive', ...cache], folder);
    },
  },
  'yarn 4 without node_modules': {
    install: async (folder) => {
      const yarn = await packageManager('yarn 4');
      writeFileSync(path.join(folder, 'yarn.lock'), '');
      // It does not read the settings of npm.
      const registry = (await npm(['config', 'get', 'registry'], folder)).trim();
      await yarn(['install', '--mode=skip-build'], folder, {
        YARN_NPM_REGISTRY_SERVER: registry,
        YARN_ENABLE_GLOBAL_CACHE: 'false',
        YARN_ENABLE_TELEMETRY: 'false',
        YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
      });
    },
    nodeFlags: ['--require', './.pnp.cjs', '--experimental-loader', './.pnp.loader.mjs'],
  },
};

for (const [manager, { install, nodeFlags = [], isLinked = false }] of Object.entries(MANAGERS)) {
  describe(`The packed plugin, installed by ${manager}`, () => {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-install-')));
    let seen;
    before(async () => {
      copyFileSync(await packedPlugin(), path.join(folder, 'plugin.tgz'));
      writeFileSync(path.join(folder, 'package.json'), JSON.stringify(MANIFEST));
      writeFileSync(path.join(folder, 'consumer.cjs'), CONSUMER);
      await install(folder);
      const output = await capture(process.execPath, [...nodeFlags, 'consumer.cjs'], {
        cwd: folder,
        env: { ...process.env, NODE_NO_WARNINGS: '1' },
      });
      seen = JSON.parse(output);
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    it('loads with what it declares and nothing else, as both kinds of modules', () => {
      for (const complaint of seen.complaints) assert.match(complaint, /inactivityTimeout/);
    });

    it('shows its manifest and its types', () => {
      assert.equal(seen.manifest, NAME);
      assert.equal(seen.types, true);
    });

    if (isLinked) {
      it('is where no other package can reach what it does not declare', () => {
        assert.match(seen.folder, /node_modules[\\/]\.pnpm[\\/]/);
      });
    }
  });
}
