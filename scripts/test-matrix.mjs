/**
 * Runs the acceptance suite on the versions of Node and Strapi that the plugin promises to run on.
 *
 * `npm run test:matrix` runs every cell; `-- 18 5.30.1` runs those that are of all these words, such
 * as a Node, a Strapi or a database. With `--write`, the results go into the table of docs/compatibility.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Counts } from './lib/suites/counts.mjs';
import { CELLS, isOf, nameOf } from '../tests/harness/matrix/cells.mjs';
import { runCell } from './lib/matrix/run-cell.mjs';
import { resultsIn, tableOf, updated } from '../tests/harness/matrix/table.mjs';
import { packedPlugin } from '../tests/harness/app/packed-plugin.mjs';
import { ROOT } from '../tests/harness/paths.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from './lib/set-up/root-setup.mjs';
import { replaceSection } from '../tests/harness/markdown/sections.mjs';

requireNode();
await setUpOrExit(ensureRootInstall);
const WRITE = '--write';
const wanted = process.argv.slice(2).filter((word) => word !== WRITE);
const cells = CELLS.filter((cell) => wanted.every((word) => isOf(cell, word)));
if (cells.length === 0) {
  console.error(`No cell is of ${wanted.join(' and ')}; the cells are:`);
  CELLS.forEach((cell) => console.error(`  ${nameOf(cell)}`));
  process.exit(2);
}

const tarball = await packedPlugin();
const all = new Counts();
const results = [];
for (const cell of cells) {
  console.log(`\n━━ ${nameOf(cell)}`);
  const { counts, version } = await runCell(cell, tarball);
  all.add(counts);
  const verdict = counts.failed === 0 ? 'passed' : `${counts.failed} failed`;
  results.push({ cell, version, verdict });
}
console.log(`\n${tableOf(results)}\n\n${all.passed} passed, ${all.failed} failed`);
process.exitCode = all.failed > 0 ? 1 : 0;
if (process.argv.includes(WRITE)) {
  const page = path.join(ROOT, 'docs', 'compatibility.md');
  const text = readFileSync(page, 'utf8');
  const table = tableOf(updated(resultsIn(text), results));
  writeFileSync(page, replaceSection(text, 'matrix', table));
}
