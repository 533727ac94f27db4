import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../../tests/harness/paths.mjs';
import { npm, step } from '../../../tests/harness/process/run.mjs';

const OLDEST_NODE = 20;

/** Stops with one clear line when this Node is too old for the scripts. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE) return;
  console.error(`Node ${OLDEST_NODE} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the development dependencies of the repository when they are not there. */
export async function ensureRootInstall() {
  if (existsSync(path.join(ROOT, 'node_modules', '.package-lock.json'))) return;
  await step('Installing the development dependencies (once, about 3 minutes)', () =>
    npm(['ci', '--ignore-scripts'], ROOT),
  );
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
