/**
 * Runs the acceptance suite on the versions of Node and Strapi that the plugin promises to run on.
 *
 * `npm run test:matrix` runs every cell, the newest Strapi that installs completely as a canary, and the
 * apps that take minutes to install. `-- 18 5.30.1` runs the cells that are of all these words, such as a
 * Node, a Strapi, a database or `canary`; `-- pnpm-monorepo` runs that app.
 * With `--write`, the results of the cells go into the table of docs/compatibility.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Counts } from './lib/suites/counts.mjs';
import { CELLS, isOf, nameOf } from '../tests/harness/matrix/cells.mjs';
import { canaryCells } from './lib/matrix/canary.mjs';
import { APPS, runApp } from './lib/matrix/run-app.mjs';
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
// Only these runs ask the registry what is newest.
const hasCanary = wanted.length === 0 || wanted.includes('canary');
const canaries = hasCanary ? await canaryCells() : [];
const cells = [...CELLS, ...canaries].filter((cell) => wanted.every((word) => isOf(cell, word)));
const apps = APPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (cells.length + apps.length === 0 && !hasCanary) {
  console.error(`No cell and no app is of ${wanted.join(' and ')}; there are:`);
  CELLS.forEach((cell) => console.error(`  ${nameOf(cell)}`));
  APPS.forEach(({ name }) => console.error(`  ${name}`));
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
for (const app of apps) {
  console.log(`\n━━ ${app.title}`);
  all.add(await runApp(app));
}
console.log(`\n${tableOf(results)}\n\n${all.passed} passed, ${all.failed} failed`);
process.exitCode = all.failed > 0 ? 1 : 0;
if (process.argv.includes(WRITE)) {
  const page = path.join(ROOT, 'docs', 'compatibility.md');
  const text = readFileSync(page, 'utf8');
  const ofCells = results.filter(({ cell }) => !cell.canary);
  const table = tableOf(updated(resultsIn(text), ofCells));
  writeFileSync(page, replaceSection(text, 'matrix', table));
}
