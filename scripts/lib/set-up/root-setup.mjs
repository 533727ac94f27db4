import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT, WORK } from '../../../tests/harness/paths.mjs';
import { withLock } from '../../../tests/harness/process/lock.mjs';
import { npm, step } from '../../../tests/harness/process/run.mjs';

const OLDEST_NODE = 20;

/** Stops with one clear line when this Node is too old for the scripts. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE) return;
  console.error(`Node ${OLDEST_NODE} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the packages of the repository when they are not there: its tools and the test app's. */
export async function ensureRootInstall() {
  const isInstalled = () => existsSync(path.join(ROOT, 'node_modules', '.package-lock.json'));
  if (isInstalled()) return;
  await withLock(path.join(WORK, 'install.lock'), async () => {
    if (isInstalled()) return;
    await step('Installing the packages, Strapi among them (once, about 2 minutes)', () =>
      npm(['ci', '--ignore-scripts'], ROOT),
    );
  });
}

/** Does the steps that everything else needs; ends the process with their message if one fails. */
export async function setUpOrExit(...steps) {
  try {
    for (const setUp of steps) await setUp();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
