import { existsSync } from 'node:fs';
import { capture, step } from '../process/run.mjs';

/** A mirror may fail once, and another program may be at it. */
const RETRIES = ['-o', 'Acquire::Retries=5', '-o', 'DPkg::Lock::Timeout=120'];

/** Installs a package by apt-get where that is possible; false where it is not. */
export async function aptInstall(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  await step(`Installing ${name} by apt-get`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await capture('apt-get', [...RETRIES, 'update'], { env });
    const install = ['install', '-y', '--no-install-recommends', name];
    await capture('apt-get', [...RETRIES, ...install], { env });
  });
  return true;
}
