/**
 * Measures a Strapi with the plugin beside the same Strapi without it.
 *
 * `npm run bench` prints tables, first on SQLite, then on PostgreSQL with Redis; `DATABASE=sqlite`
 * or `DATABASE=postgres` does one of the two. `-- --write` also puts them into BENCHMARKS.md;
 * `-- --short` takes two minutes and says less exactly. Both servers run at the same time and are
 * loaded in turns, so that a busy machine slows both alike; they are started again several times, as
 * one process is faster than its like for as long as it runs. What that leaves of noise is told by a
 * Strapi without the plugin beside another. Linux only: processor time is read from /proc.
 */
import '../lib/bench/durable-database.mjs';
import { DATABASE_VARIABLE } from '../../tests/harness/databases/database.mjs';
import { RedisServer } from '../../tests/harness/redis/redis-server.mjs';
import { STATEMENT_LOG } from '../../tests/harness/sql/statement-log.mjs';
import { compareBoots } from '../lib/bench/boots.mjs';
import {
  ServerPair,
  issueTokens,
  sidesOfTurn,
} from '../../tests/harness/comparison/server-pair.mjs';
import { compareLogins, compareRefreshes } from '../lib/bench/logins.mjs';
import { machine, writeSection } from '../lib/bench/report.mjs';
import { compareStatements } from '../../tests/harness/comparison/statements.mjs';
import { firstTokens, loadInTurns, summedLoads } from '../lib/bench/throughput.mjs';
import { compareHeaps } from '../lib/bench/memory.mjs';
import { ensureWrk } from '../lib/bench/wrk.mjs';
import { ensureRedis } from '../../tests/harness/tools/redis.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from '../lib/set-up/root-setup.mjs';
import { stream } from '../../tests/harness/process/run.mjs';
import { costTable, loadTable } from '../lib/bench/tables.mjs';

const ME = '/api/users/me';
const ARTICLES = '/api/articles';

/** After so many requests a server answers as fast as it ever does. */
const WARM_UP = 1500;

const SIZES = {
  full: {
    /** Path, number of tokens and number of connections of each load. */
    loads: [
      [ME, 1, 10],
      [ME, 1, 1],
      [ARTICLES, 1, 10],
      [ME, 200, 10],
      [ME, 20_000, 10],
      [ME, 20_000, 1],
    ],
    fewerLoads: [
      [ME, 1, 10],
      [ME, 1, 1],
      [ARTICLES, 1, 10],
      [ME, 200, 10],
      [ME, 20_000, 10],
    ],
    noise: [[ME, 200, 10]],
    starts: 5,
    fewerStarts: 3,
    turns: { pairs: 2, seconds: 3 },
    logins: 101,
    boots: 9,
    counted: 100,
  },
  short: {
    loads: [[ME, 200, 10]],
    starts: 1,
    turns: { pairs: 3, seconds: 3 },
    logins: 15,
    boots: 1,
    counted: 50,
  },
};

/** The plugin with the principal cache, and Strapi with access tokens that outlive the benchmark. */
const CACHE = { MAGIC_CONFIG: JSON.stringify({ principalCache: true }) };
const LASTING = { UP_ACCESS_TOKEN_SECONDS: '86400' };

/** What else is put under load, besides the plugin by default in the mode `legacy-support`. */
const VARIANTS = [
  { title: 'With `principalCache: true`:', ownEnv: CACHE },
  { title: 'With refresh tokens:', mode: 'refresh', env: LASTING },
  {
    title: 'With refresh tokens and `principalCache: true`:',
    mode: 'refresh',
    env: LASTING,
    ownEnv: CACHE,
  },
];

/** The name of each database, and whether a Redis runs beside it. */
const STAGES = {
  sqlite: { title: 'SQLite', withRedis: false },
  postgres: { title: 'PostgreSQL with Redis', withRedis: true },
};

requireNode();
await setUpOrExit(ensureRootInstall, ensureWrk);
const { [DATABASE_VARIABLE]: database } = process.env;
if (database) await measure(database);
else for (const name of Object.keys(STAGES)) await runAlone(name);

/** Runs one stage in a process of its own: the database is chosen once for a process. */
async function runAlone(name) {
  const env = { ...process.env, [DATABASE_VARIABLE]: name };
  const { code } = await stream(process.execPath, process.argv.slice(1), { env });
  if (code !== 0) process.exit(code);
}

async function measure(name) {
  const { title, withRedis } = STAGES[name];
  if (withRedis) await ensureRedis();
  const redis = withRedis ? await RedisServer.start() : null;
  const withEnv = redis ? { REDIS_URL: redis.url } : {};
  const size = process.argv.includes('--short') ? SIZES.short : SIZES.full;
  try {
    const heading = [`## The plugin beside Strapi without it, on ${title}`, machine()];
    console.log(heading.join('\n\n'));
    const tables = [];
    // Each table is printed at once, because the next one may take an hour.
    const add = (...parts) => {
      console.log(`\n${parts.join('\n\n')}\n`);
      tables.push(...parts);
    };
    add(...(await ServerPair.during({ withEnv }, (both) => timings(both, size))));
    add(await ServerPair.during({ withEnv, env: STATEMENT_LOG }, (both) => statements(both, size)));
    for (const { title, ownEnv, ...pair } of size.fewerLoads ? VARIANTS : []) {
      console.log(`▸ ${title}`);
      const withBoth = { ...withEnv, ...ownEnv };
      const compare = (both) => compareLoads(both, size.fewerLoads, fewer(size));
      const loads = await ServerPair.during({ ...pair, withEnv: withBoth }, compare);
      add(title, loadTable(loads));
    }
    add(
      'Logins and refreshes with refresh tokens:',
      await ServerPair.during({ mode: 'refresh', withEnv }, (both) => renewals(both, size)),
    );
    if (size.noise) {
      const title = 'The noise, as a second server without the plugin in place of the one with it:';
      add(title, await noise(size));
    }
    const text = [...heading, ...tables].join('\n\n');
    if (process.argv.includes('--write')) writeSection(`bench ${name}`, text);
  } finally {
    await redis?.dispose();
  }
}

/** Returns a size with fewer starts, for a variant. */
function fewer({ fewerStarts, ...size }) {
  return { ...size, starts: fewerStarts };
}

/** Measures how much two servers differ that are alike. */
async function noise(size) {
  const alike = { withEnv: { MAGIC_ENABLED: 'false' } };
  return loadTable(await ServerPair.during(alike, (both) => compareLoads(both, size.noise, size)));
}

/** Measures what takes time or memory. */
async function timings(servers, size) {
  const { logins, boots } = size;
  const compared = await compareLoads(servers, size.loads, size);
  console.log(`▸ heaps, ${logins} logins, ${boots} boots`);
  const heap = await compareHeaps(servers);
  const costs = [
    [`heap with ${mostTokens(size.loads)} tokens in use`, 'MiB', heap],
    ['a login with a password', 'ms', await compareLogins(servers, logins)],
    ['a boot', 'ms', await compareBoots(servers, boots)],
  ];
  return [loadTable(compared), costTable(costs)];
}

/** Puts both servers under each of the loads, after each of so many starts. */
async function compareLoads(servers, loads, { starts, turns }) {
  const tokens = await servers.both((server) => issueTokens(server, mostTokens(loads)));
  const compared = loads.map(([path, count, connections]) => ({
    ...{ path, count, connections, pairs: [] },
    tokens: firstTokens(tokens, count),
  }));
  for (let start = 0; start < starts; start += 1) {
    if (start > 0) await servers.restart(sidesOfTurn(start + 1));
    let known = 0;
    for (const load of compared) {
      const { path, count, connections, pairs } = load;
      console.log(`▸ ${path} with ${count} tokens on ${connections} connections`);
      // Every token is to have been used once before anything counts.
      const warmUp = Math.max(WARM_UP, count > known ? count : 0);
      pairs.push(...(await loadInTurns(servers, { ...load, warmUp }, turns)));
      known = Math.max(known, count);
    }
  }
  return compared.map((load) => ({ ...load, ...summedLoads(load.pairs) }));
}

function mostTokens(loads) {
  return Math.max(...loads.map(([, count]) => count));
}

/** Measures what a session begins and goes on by where there are refresh tokens. */
async function renewals(servers, { logins }) {
  console.log(`▸ ${logins} logins and refreshes with refresh tokens`);
  return costTable([
    ['a login with a password', 'ms', await compareLogins(servers, logins)],
    ['a refresh', 'ms', await compareRefreshes(servers, logins)],
  ]);
}

/** Counts statements, which slows everything down. */
async function statements(servers, { counted }) {
  console.log('▸ SQL statements');
  const tokens = await servers.each((server) => issueTokens(server, 1));
  const names = await servers.each(async (server) => (await server.users.register()).username);
  const request = (server, side) => server.users.me(tokens[side][0]);
  const login = (server, side) => server.users.login(names[side]);
  return costTable([
    ['SQL statements of a request', '', await compareStatements(servers, counted, request)],
    ['SQL statements of a login', '', await compareStatements(servers, counted / 5, login)],
  ]);
}
