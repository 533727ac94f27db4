/**
 * Builds docs/openapi.json from the plugin's routes, its types and the table of operations. `--check`
 * only compares, and fails when the file is another.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../tests/harness/paths.mjs';
import { ensureRootInstall, requireNode } from './lib/set-up/root-setup.mjs';

requireNode();
await ensureRootInstall();
const prettier = await import('prettier');
const { openApiDocument } = await import('./lib/openapi/document.mjs');

const FILE = path.join(ROOT, 'docs', 'openapi.json');

const text = JSON.stringify(await openApiDocument());
const options = await prettier.resolveConfig(FILE);
const built = await prettier.format(text, { ...options, filepath: FILE });
const known = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';

if (built === known) console.log('docs/openapi.json is up to date.');
else if (process.argv.includes('--check')) {
  console.error('docs/openapi.json is out of date: npm run build:openapi');
  process.exitCode = 1;
} else {
  writeFileSync(FILE, built);
  console.log('docs/openapi.json is built.');
}
