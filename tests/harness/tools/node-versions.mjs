import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../cache/cache.mjs';
import { npm, step } from '../process/run.mjs';

const SYSTEMS = { win32: 'win' };

/** Returns the path of a Node of this major version: the running one, or one from npm's packages. */
export async function nodeOf(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const system = SYSTEMS[process.platform] ?? process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = await cached(`node-${major}`, name, (half) =>
    step(`Installing Node ${major}`, () => {
      writeFileSync(path.join(half, 'package.json'), '{ "private": true }');
      return npm(['install', '--ignore-scripts', `${name}@${major}`], half);
    }),
  );
  const bin = path.join(folder, 'node_modules', name, 'bin');
  return [path.join(bin, 'node'), path.join(bin, 'node.exe')].find((file) => existsSync(file));
}
