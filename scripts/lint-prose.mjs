/**
 * Looks through the pages that people read for words and sentences that are hard to understand.
 *
 * `node scripts/lint-prose.mjs FILE…` looks through these files only.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lintProse } from './lib/prose/linter.mjs';
import { ROOT } from '../tests/harness/paths.mjs';

const isPage = (name) => name.endsWith('.md');

function pages() {
  const below = readdirSync(path.join(ROOT, 'docs'), { recursive: true });
  return [...readdirSync(ROOT), ...below.map((name) => path.join('docs', name))].filter(isPage);
}

const files = process.argv.length > 2 ? process.argv.slice(2) : pages();
const found = [];
for (const file of files.sort()) {
  found.push(...(await lintProse(file, readFileSync(path.resolve(ROOT, file), 'utf8'))));
}
for (const line of found) console.error(line);
process.exitCode = found.length > 0 ? 1 : 0;
