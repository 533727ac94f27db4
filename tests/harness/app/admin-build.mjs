import { cpSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../cache/cache.mjs';
import { hashPaths, keyOf } from '../cache/hash.mjs';
import { capture, step } from '../process/run.mjs';
import { QUIET_STRAPI, strapiCommand } from './strapi-cli.mjs';

const PLUGIN = path.join('node_modules', 'strapi-plugin-magic-sessionmanager');

/** Strapi loads the configuration to build its admin; nothing of these values gets into the build. */
const BUILD_SECRETS = {
  APP_KEYS: 'build,build',
  API_TOKEN_SALT: 'build',
  ADMIN_JWT_SECRET: 'build',
  TRANSFER_TOKEN_SALT: 'build',
  ENCRYPTION_KEY: 'build',
  JWT_SECRET: 'build',
};

/** How the apps of most tests are built. */
const USUAL = { kind: 'admins', node: process.execPath, bundler: 'vite', output: 'build' };

/**
 * Gives an app its admin panel, built for production. A build made before is used again when the
 * app and the admin side of the plugin are the same: most changes are to the server. `output` is the
 * folder that Strapi writes to, `kind` the one that keeps builds.
 */
export async function buildAdmin(appFolder, appKey, options) {
  const { kind, node, bundler, output } = { ...USUAL, ...options };
  const plugin = path.join(appFolder, PLUGIN);
  const key = keyOf(appKey, hashPaths([path.join(plugin, 'dist', 'admin')]));
  const built = await cached(kind, key, async (folder) => {
    await step('Building the admin panel of the test app (about a minute)', () =>
      capture(node, [strapiCommand(appFolder), 'build', '--bundler', bundler], {
        cwd: appFolder,
        env: { ...process.env, ...QUIET_STRAPI, ...BUILD_SECRETS, NODE_ENV: 'production' },
      }),
    );
    cpSync(path.join(appFolder, output), folder, { recursive: true });
  });
  cpSync(built, path.join(appFolder, output), { recursive: true });
}
