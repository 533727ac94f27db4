/**
 * Runs the acceptance suite on the versions of Node and Strapi that the plugin promises to run on.
 *
 * `npm run test:matrix` runs every cell and writes what passed into README.md; `-- 18 5.30.1` runs
 * those of one Node, or of one Strapi, or both, and writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toTable } from './lib/bench/report.mjs';
import { Counts } from './lib/counts.mjs';
import { CELLS, nameOf } from './lib/matrix/cells.mjs';
import { runCell } from './lib/matrix/run-cell.mjs';
import { packedPlugin } from './lib/packed-plugin.mjs';
import { ROOT } from './lib/paths.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from './lib/root-setup.mjs';
import { replaceSection } from './lib/sections.mjs';

requireNode();
await setUpOrExit(ensureRootInstall);
const wanted = process.argv.slice(2);
const cells = CELLS.filter(({ node, strapi }) =>
  wanted.every((word) => word === String(node) || word === strapi),
);
if (cells.length === 0) {
  console.error(`No cell is of ${wanted.join(' and ')}; the cells are:`);
  CELLS.forEach((cell) => console.error(`  ${nameOf(cell)}`));
  process.exit(2);
}

const tarball = await packedPlugin();
const all = new Counts();
const rows = [];
for (const cell of cells) {
  console.log(`\n━━ ${nameOf(cell)}`);
  const { counts, version } = await runCell(cell, tarball);
  all.add(counts);
  const verdict = counts.failed === 0 ? 'passed' : `${counts.failed} failed`;
  rows.push([version, cell.strapi, cell.bundler ?? 'vite', verdict]);
}
const table = toTable(['Node', 'Strapi', 'admin built by', 'acceptance suite'], rows);
console.log(`\n${table}\n\n${all.passed} passed, ${all.failed} failed`);
process.exitCode = all.failed > 0 ? 1 : 0;
if (wanted.length === 0) {
  const readme = path.join(ROOT, 'README.md');
  writeFileSync(readme, replaceSection(readFileSync(readme, 'utf8'), 'matrix', table));
}
