import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TEST_APP } from '../paths.mjs';
import { capture, step } from '../process/run.mjs';
import { testVariables } from '../strapi/test-server.mjs';
import { packageManager } from '../tools/package-managers.mjs';
import { isSource } from './prepared-app.mjs';
import { addSqliteDriver } from './sqlite-driver.mjs';
import { QUIET_STRAPI, strapiCommand } from './strapi-cli.mjs';
import { testApp } from './test-app.mjs';

const PLUGIN = 'strapi-plugin-magic-sessionmanager';

/** The files of the monorepo around its app; the app uses a package of the monorepo. */
const FILES = {
  'package.json': { name: 'monorepo', version: '1.0.0', private: true },
  'packages/greetings/package.json': {
    name: '@monorepo/greetings',
    version: '1.0.0',
    main: 'index.js',
  },
};

/**
 * Makes a monorepo of pnpm in a folder, with the test app in `apps/cms`, the packed plugin in it and its
 * admin panel built; returns the folder of the app. It downloads Strapi again and takes minutes.
 */
export async function pnpmMonorepo(folder) {
  const app = path.join(folder, 'apps', 'cms');
  cpSync(TEST_APP, app, { recursive: true, filter: isSource });
  copyFileSync(path.join(await testApp(), 'plugin.tgz'), path.join(folder, 'plugin.tgz'));
  for (const [file, content] of Object.entries(FILES)) write(folder, file, content);
  write(folder, 'packages/greetings/index.js', "module.exports = () => 'Hello';\n");
  write(folder, 'pnpm-workspace.yaml', "packages:\n  - 'apps/*'\n  - 'packages/*'\n");
  write(folder, 'apps/cms/package.json', manifestOf(app));
  await step('Installing a monorepo with pnpm', async () => {
    const pnpm = await packageManager('pnpm');
    const store = path.join(folder, 'store');
    await pnpm(['install', '--ignore-scripts', '--store-dir', store], folder, { CI: 'true' });
  });
  await addSqliteDriver(app);
  await step('Building the admin panel of the monorepo', () => build(app));
  return app;
}

function manifestOf(app) {
  const manifest = JSON.parse(readFileSync(path.join(app, 'package.json'), 'utf8'));
  const own = { '@monorepo/greetings': 'workspace:*', [PLUGIN]: 'file:../../plugin.tgz' };
  return { ...manifest, dependencies: { ...manifest.dependencies, ...own } };
}

function build(app) {
  const env = { ...process.env, ...testVariables({}), ...QUIET_STRAPI, NODE_ENV: 'production' };
  return capture(process.execPath, [strapiCommand(app), 'build'], { cwd: app, env });
}

function write(folder, file, content) {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  writeFileSync(target, text);
}
