import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../cache/cache.mjs';
import { capture, npm, step } from '../process/run.mjs';

/**
 * Packages of the managers beside npm, where in them their command line is, and how each is told to
 * ask a registry that fails or is slow as often as it takes: none takes what another one reads.
 */
const TOOLS = {
  pnpm: {
    name: 'pnpm',
    version: '10.34.9',
    file: 'bin/pnpm.cjs',
    patient: { npm_config_fetch_retries: '5' },
  },
  'yarn 1': {
    name: 'yarn',
    version: '1.22.22',
    file: 'bin/yarn.js',
    patient: { YARN_NETWORK_TIMEOUT: '120000' },
  },
  'yarn 4': {
    name: '@yarnpkg/cli-dist',
    version: '4.18.1',
    file: 'bin/yarn.js',
    patient: { YARN_HTTP_RETRY: '5', YARN_HTTP_TIMEOUT: '120000' },
  },
};

/** Returns what runs one of these package managers quietly in a folder. */
export async function packageManager(manager) {
  const { name, version, file, patient } = TOOLS[manager];
  const folder = await cached(`package-manager-${name.replace(/\W/g, '')}`, version, (half) =>
    step(`Installing ${name} ${version}`, () => {
      writeFileSync(path.join(half, 'package.json'), '{ "private": true }');
      return npm(['install', '--ignore-scripts', `${name}@${version}`], half);
    }),
  );
  const command = path.join(folder, 'node_modules', name, file);
  return (args, cwd, env) =>
    capture(process.execPath, [command, ...args], {
      cwd,
      env: { ...process.env, ...patient, ...env },
    });
}
