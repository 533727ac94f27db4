import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { hashPaths } from '../cache/hash.mjs';
import { PLUGIN, ROOT, WORK } from '../paths.mjs';
import { withLock } from '../process/lock.mjs';
import { npm, step } from '../process/run.mjs';

const OUTPUT = path.join(WORK, 'plugin');
const TARBALL = path.join(OUTPUT, 'plugin.tgz');
const STAMP = path.join(OUTPUT, 'inputs.sha256');
const NOT_SOURCES = ['node_modules', 'dist'];

/** Files and folders of the repository that a published package shows as its own. */
const SHARED_WITH_USERS = ['README.md', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md', 'docs'];

/** Reasons for the design are for contributors; pictures would take as much room as the plugin. */
const DECISIONS = path.join(ROOT, 'docs/decisions');
const isForUsers = (file) => file !== DECISIONS && path.extname(file) !== '.png';

/** The builder bundles the server, and the core within it, once for each format. One is enough. */
const SERVER_AS_MODULE = 'dist/server/index.mjs';
const SAME_SERVER = "import server from './index.js';\n\nexport default server.default;\n";

/** Builds and packs the plugin when its sources have changed since, and returns the tarball. */
export async function packedPlugin() {
  await withLock(`${OUTPUT}.lock`, async () => {
    const inputs = inputHash();
    if (existsSync(TARBALL) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs) return;
    // Output of a source that no longer exists would be packed again.
    for (const built of [OUTPUT, path.join(PLUGIN, 'dist')])
      rmSync(built, { recursive: true, force: true });
    await step('Building the plugin', () => npm(['run', 'build'], PLUGIN));
    await step('Packing the plugin', () => pack());
    writeFileSync(STAMP, inputs);
  });
  return TARBALL;
}

function inputHash() {
  const shared = SHARED_WITH_USERS.map((name) => path.join(ROOT, name));
  const inputs = [PLUGIN, path.join(ROOT, 'pkg'), path.join(ROOT, 'package-lock.json'), ...shared];
  return hashPaths(inputs, NOT_SOURCES);
}

/** Packs a folder that holds exactly what users get, so packing writes nothing into the sources. */
async function pack() {
  const staged = path.join(OUTPUT, 'package');
  mkdirSync(staged, { recursive: true });
  copyFileSync(path.join(PLUGIN, 'package.json'), path.join(staged, 'package.json'));
  for (const folder of ['dist', 'geo'])
    cpSync(path.join(PLUGIN, folder), path.join(staged, folder), { recursive: true });
  writeFileSync(path.join(staged, SERVER_AS_MODULE), SAME_SERVER);
  for (const name of SHARED_WITH_USERS) {
    const options = { recursive: true, filter: isForUsers };
    cpSync(path.join(ROOT, name), path.join(staged, name), options);
  }
  await shortenCode(path.join(staged, 'dist'));
  // Programs read it, and its indentation would be a third of it.
  const openApi = path.join(staged, 'docs/openapi.json');
  writeFileSync(openApi, JSON.stringify(JSON.parse(readFileSync(openApi, 'utf8'))));
  const report = await npm(['pack', '--json', '--silent', '--pack-destination', OUTPUT], staged);
  const name = /"filename":\s*"([^"]+)"/.exec(report)?.[1];
  if (!name) throw new Error(`npm pack named no file:\n${report}`);
  copyFileSync(path.join(OUTPUT, name), TARBALL);
  rmSync(path.join(OUTPUT, name));
}

/** Leaves out the indentation of the built code; names stay as they are. */
async function shortenCode(folder) {
  const { transform } = await import('esbuild');
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!/\.m?js$/.test(name)) continue;
    const file = path.join(folder, name);
    const { code } = await transform(readFileSync(file, 'utf8'), { minifyWhitespace: true });
    writeFileSync(file, code);
  }
}
