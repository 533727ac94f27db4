import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { ensureChromium } from '../../../tests/harness/tools/chromium.mjs';
import { ensureDatabase } from '../../../tests/harness/tools/database-servers.mjs';
import { Counts, countsOfCargo, countsOfNode } from './counts.mjs';
import { CELLS, nameOf } from '../../../tests/harness/matrix/cells.mjs';
import { runCell } from '../matrix/run-cell.mjs';
import { nodeOf } from '../../../tests/harness/tools/node-versions.mjs';
import { packedPlugin } from '../../../tests/harness/app/packed-plugin.mjs';
import { ROOT } from '../../../tests/harness/paths.mjs';
import { preparedApp } from '../../../tests/harness/app/prepared-app.mjs';
import { stream } from '../../../tests/harness/process/run.mjs';
import { ensureRedis } from '../../../tests/harness/tools/redis.mjs';
import { requireRust } from '../tools/rust.mjs';

/** Every suite in the order in which all are run; each gives a code and its counts. */
export const SUITES = [
  { name: 'cargo', title: 'the core in Rust', run: runCargo },
  { name: 'boundary', title: 'the WebAssembly module in Node', run: runBoundary },
  { name: 'modules', title: 'modules of the server without Strapi', run: () => runModules() },
  { name: 'packaging', title: 'what npm hands to users', run: () => runPackaging() },
  { name: 'strapi', title: 'a real Strapi over HTTP', run: () => runStrapi() },
  { name: 'cluster', title: 'several instances on one database', run: () => runCluster() },
  { name: 'matrix', title: 'other versions of Node and Strapi', run: runMatrix },
  { name: 'overhead', title: 'what the plugin costs a Strapi', run: () => runOverhead() },
  { name: 'databases', title: 'the same on PostgreSQL and MariaDB', run: () => runDatabases() },
  { name: 'browser', title: 'the admin page in Chromium', run: () => runBrowser() },
];

async function runCargo() {
  await requireRust();
  const { code, output } = await stream('cargo', ['test', '--locked'], { cwd: ROOT });
  return { code, counts: countsOfCargo(output) };
}

/** The module runs on every version of Node that the plugin names, so the suite does as well. */
async function runBoundary() {
  const all = { code: 0, counts: new Counts() };
  for (const major of [18, 20, 22]) {
    const node = await nodeOf(major);
    console.log(`▸ on Node ${major}`);
    const { code, counts } = await runNode('boundary', { node, files: perCore() });
    all.code ||= code;
    all.counts.add(counts);
  }
  return all;
}

function runModules() {
  return runNode('modules', { files: perCore() });
}

async function runPackaging() {
  await packedPlugin();
  return runNode('packaging');
}

/**
 * Each file starts servers of its own, one at a time, so as many files run as there are cores; and
 * one more for the time in which others wait.
 */
async function runStrapi() {
  await ensureDatabase(process.env.DATABASE);
  return runNode('strapi', { app: await testApp(), files: perCore() });
}

function perCore() {
  return Math.min(availableParallelism(), 4) + 1;
}

/** These files measure how long an ended session lives on, so each has the machine for itself. */
const TIMING_SENSITIVE = [
  'database-feed',
  'late-commit',
  'lease-under-faults',
  'redis',
  'redis-connections',
];

async function runCluster() {
  await ensureRedis();
  const all = { code: 0, counts: new Counts() };
  const app = await testApp();
  const isMeasuring = (name) => TIMING_SENSITIVE.includes(name);
  for (const run of [
    { files: 1, only: isMeasuring },
    { files: perCore(), only: (name) => !isMeasuring(name) },
  ]) {
    const { code, counts } = await runNode('cluster', { app, ...run });
    all.code ||= code;
    all.counts.add(counts);
  }
  return all;
}

async function runMatrix() {
  const tarball = await packedPlugin();
  const counts = new Counts();
  for (const cell of CELLS.filter(({ corner }) => corner)) {
    console.log(`▸ ${nameOf(cell)}`);
    counts.add((await runCell(cell, tarball)).counts);
  }
  return { code: 0, counts };
}

/** The tests count; the short benchmark after them reports how fast it all is and judges nothing. */
async function runOverhead() {
  await ensureRedis();
  const tests = await runNode('overhead', { app: await testApp() });
  const env = { ...process.env, DATABASE: 'sqlite' };
  const report = ['scripts/bench.mjs', '--short'];
  const { code } = await stream(process.execPath, report, { cwd: ROOT, env });
  return { ...tests, code: tests.code || code };
}

/** What differs most from one database to another, and what no session may get wrong. */
const DATABASE_SENSITIVE = [
  'strapi/terminations/clean-up-job',
  'strapi/terminations/last-seen',
  'strapi/api/list',
  'strapi/tokens/rotation',
  'strapi/terminations/session-limit',
  'strapi/terminations/user-changes',
];

/**
 * Runs the tests about databases on each of them, and a telling part of the others on those that
 * are not SQLite; `DATABASE=postgres npm test -- strapi` runs all of the others.
 */
async function runDatabases() {
  const all = { code: 0, counts: new Counts() };
  const app = await testApp();
  for (const client of ['sqlite', 'postgres', 'mysql']) {
    await ensureDatabase(client);
    console.log(`▸ on ${client}`);
    const further =
      client === 'sqlite' ? [] : DATABASE_SENSITIVE.map((name) => `tests/${name}${ENDING}`);
    const env = { DATABASE: client };
    const { code, counts } = await runNode('databases', { app, files: perCore(), further, env });
    all.code ||= code;
    all.counts.add(counts);
  }
  return all;
}

async function runBrowser() {
  await ensureChromium();
  return runNode('browser', { app: await testApp(), files: 2 });
}

/** Prepares the app once, so that the test files need not. */
async function testApp() {
  return preparedApp(await packedPlugin());
}

/** A file of tests that takes longer has stuck; the longest there is takes about three minutes. */
const FILE_DEADLINE_MS = 10 * 60_000;

const ENDING = '.test.mjs';

/**
 * Runs the test files of a suite, or `only` those of some names, and further ones, `files` of them at
 * a time, on the prepared app if they need it.
 */
async function runNode(
  suite,
  {
    app,
    files: atOnce = 1,
    node = process.execPath,
    only = () => true,
    further = [],
    env: own,
  } = {},
) {
  const folder = path.join('tests', suite);
  const files = readdirSync(path.join(ROOT, folder), { recursive: true })
    .filter((name) => name.endsWith(ENDING) && only(path.basename(name, ENDING)))
    .map((name) => path.join(folder, name));
  if (files.length === 0) throw new Error(`${folder} holds no tests`);
  const args = ['--test', '--test-reporter=spec', `--test-concurrency=${atOnce}`];
  if (app) args.push(`--test-timeout=${FILE_DEADLINE_MS}`);
  args.push(...files, ...further);
  const env = { ...process.env, ...own, ...(app && { MAGIC_TEST_APP: app }) };
  const options = { cwd: ROOT, env };
  const { code, output } = await stream(node, args, options);
  return { code, counts: countsOfNode(output) };
}
