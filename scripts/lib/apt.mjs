import { existsSync } from 'node:fs';
import { capture, step } from './run.mjs';

/** Installs a package by apt-get where that is possible; false where it is not. */
export async function aptInstall(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  await step(`Installing ${name} by apt-get`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await capture('apt-get', ['update'], { env });
    await capture('apt-get', ['install', '-y', '--no-install-recommends', name], { env });
  });
  return true;
}
