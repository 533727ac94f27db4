import { readdirSync } from 'node:fs';
import path from 'node:path';
import { packedPlugin } from '../../../tests/harness/app/packed-plugin.mjs';
import { preparedApp } from '../../../tests/harness/app/prepared-app.mjs';
import { CELLS } from '../../../tests/harness/matrix/cells.mjs';
import { ROOT } from '../../../tests/harness/paths.mjs';
import { ensureChromium } from '../../../tests/harness/tools/chromium.mjs';
import { ensureDatabase } from '../../../tests/harness/tools/database-servers.mjs';
import { nodeOf } from '../../../tests/harness/tools/node-versions.mjs';
import { ensureRedis } from '../../../tests/harness/tools/redis.mjs';
import { cellJobs } from '../matrix/run-cell.mjs';
import { requireRust } from '../tools/rust.mjs';
import { Counts, countsOfCargo } from './counts.mjs';
import { commandJob, fileJob } from './jobs.mjs';

/** Every suite, in the order of the summary. `jobs` does the suite's set-up and returns its jobs. */
export const SUITES = [
  { name: 'cargo', title: 'the core in Rust', jobs: cargoJobs },
  { name: 'boundary', title: 'the WebAssembly module in Node', jobs: boundaryJobs },
  {
    name: 'modules',
    title: 'modules of the server without Strapi',
    jobs: () => filesOf('modules'),
  },
  { name: 'packaging', title: 'the packed plugin and the documents', jobs: packagingJobs },
  { name: 'strapi', title: 'a real Strapi over HTTP', jobs: strapiJobs },
  { name: 'apps', title: 'apps of other kinds, with the plugin and without', jobs: appJobs },
  { name: 'cluster', title: 'several instances on one database', jobs: clusterJobs },
  { name: 'matrix', title: 'other versions of Node and Strapi', jobs: matrixJobs },
  { name: 'overhead', title: 'the statements that the plugin costs', jobs: overheadJobs },
  { name: 'databases', title: 'SQLite, PostgreSQL and MariaDB', jobs: databaseJobs },
  { name: 'browser', title: 'the admin panel in Chromium', jobs: browserJobs },
];

/** A browser and its Strapi keep more than one core busy. */
export const LIMITS = { browser: 2 };

async function cargoJobs() {
  await requireRust();
  // It compiles on all cores, so it starts before everything else.
  const traits = { countsOf: countsOfCargo, expectedSeconds: Number.POSITIVE_INFINITY };
  return [commandJob('cargo test', ['cargo', 'test', '--locked'], traits)];
}

/** The module runs on every version of Node that the plugin names, and so does the suite. */
async function boundaryJobs() {
  const jobs = [];
  for (const major of [18, 20, 22, 26]) {
    const node = await nodeOf(major);
    jobs.push(...filesOf('boundary', { node, label: `Node ${major}`, expectedSeconds: 20 }));
  }
  return jobs;
}

async function packagingJobs() {
  await packedPlugin();
  return filesOf('packaging');
}

async function strapiJobs() {
  await ensureDatabase(process.env.DATABASE);
  return filesOf('strapi', { env: await testApp() });
}

async function appJobs() {
  return filesOf('apps', { env: await testApp() });
}

/** These files measure how long a terminated session is still accepted, so each has a core for itself. */
const TIMING_SENSITIVE = [
  'database-feed',
  'late-commit',
  'lease-under-faults',
  'principal-cache',
  'redis',
  'redis-connections',
];

async function clusterJobs() {
  await ensureRedis();
  const env = await testApp();
  const isTimed = (name) => TIMING_SENSITIVE.includes(name);
  return filesIn('cluster').map((file) =>
    fileJob(file, { env, timed: isTimed(path.basename(file, ENDING)) }),
  );
}

async function matrixJobs() {
  const tarball = await packedPlugin();
  const jobs = [];
  for (const cell of CELLS.filter(({ corner }) => corner))
    jobs.push(...(await cellJobs(cell, tarball)));
  return jobs;
}

/** The short benchmark reports how fast it all is. It judges nothing. */
async function overheadJobs() {
  await ensureRedis();
  const benchmark = [process.execPath, 'scripts/bench/app.mjs', '--short'];
  const traits = { countsOf: () => new Counts(), env: { DATABASE: 'sqlite' }, alone: true };
  return [
    ...filesOf('overhead', { env: await testApp() }),
    commandJob('the short benchmark', benchmark, traits),
  ];
}

/** Files of the suite `strapi` in which databases differ most, or in which an error costs most. */
const DATABASE_SENSITIVE = [
  'strapi/terminations/clean-up-job',
  'strapi/terminations/last-seen',
  'strapi/api/session-list',
  'strapi/logins/known-places',
  'strapi/logins/login-protection',
  'strapi/tokens/rotation',
  'strapi/terminations/session-limit',
  'strapi/terminations/user-changes',
];

/**
 * The tests about databases run on each of them, the sensitive ones of the others on those that are
 * not SQLite. `DATABASE=postgres npm test -- strapi` runs all of the others.
 */
async function databaseJobs() {
  const app = await testApp();
  const jobs = [];
  for (const client of ['sqlite', 'postgres', 'mysql']) {
    await ensureDatabase(client);
    const options = { env: { ...app, DATABASE: client }, label: client };
    jobs.push(...filesOf('databases', options));
    if (client === 'sqlite') continue;
    jobs.push(...DATABASE_SENSITIVE.map((name) => fileJob(`tests/${name}${ENDING}`, options)));
  }
  return jobs;
}

async function browserJobs() {
  await ensureChromium();
  return filesOf('browser', { env: await testApp(), kind: 'browser' });
}

/** Prepares the app once, and returns the variable by which the test files find it. */
async function testApp() {
  return { MAGIC_TEST_APP: await preparedApp(await packedPlugin()) };
}

const ENDING = '.test.mjs';

function filesOf(suite, options) {
  return filesIn(suite).map((file) => fileJob(file, options));
}

/** Lists the test files of a suite, relative to the root. */
function filesIn(suite) {
  const folder = path.posix.join('tests', suite);
  const files = readdirSync(path.join(ROOT, folder), { recursive: true })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((name) => name.endsWith(ENDING));
  if (files.length === 0) throw new Error(`${folder} holds no tests`);
  return files;
}
