/**
 * Measures a Strapi with the plugin beside the same Strapi without it.
 *
 * `npm run bench` prints tables, first on SQLite, then on PostgreSQL with Redis; `DATABASE=sqlite`
 * or `DATABASE=postgres` does one of the two. `-- --write` also puts them into BENCHMARKS.md;
 * `-- --short` takes two minutes and says less exactly. Both servers run at the same time and are
 * loaded in turns, so that a busy machine slows both alike. Linux only: processor time is read from
 * /proc.
 */
import './lib/bench/wait-for-the-disk.mjs';
import { DATABASE_VARIABLE } from '../tests/support/database.mjs';
import { RedisServer } from '../tests/support/redis-server.mjs';
import { compareBoots } from './lib/bench/boots.mjs';
import { Contestants, issueTokens } from './lib/bench/contestants.mjs';
import { compareLogins } from './lib/bench/logins.mjs';
import { machine, writeSection } from './lib/bench/report.mjs';
import { STATEMENT_LOG, compareStatements } from './lib/bench/statements.mjs';
import { compareThroughput, firstTokens } from './lib/bench/throughput.mjs';
import { compareHeaps, heapGrowth } from './lib/bench/memory.mjs';
import { ensureWrk } from './lib/bench/wrk.mjs';
import { ensureRedis } from './lib/redis-tool.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from './lib/root-setup.mjs';
import { stream } from './lib/run.mjs';
import { costTable, growthLine, loadTable } from './lib/bench/tables.mjs';

const ME = '/api/users/me';
const ARTICLES = '/api/articles';

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
    turns: { pairs: 9, seconds: 4 },
    logins: 101,
    boots: 9,
    counted: 100,
  },
  short: {
    loads: [[ME, 200, 10]],
    turns: { pairs: 3, seconds: 3 },
    requests: 20_000,
    logins: 15,
    boots: 1,
    counted: 50,
  },
};

/** What each database is called, whether a Redis stands beside it, and over how many requests memory is watched. */
const STAGES = {
  sqlite: { title: 'SQLite', withRedis: false, requests: 1_000_000 },
  postgres: { title: 'PostgreSQL with Redis', withRedis: true, requests: 100_000 },
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
  const { title, withRedis, requests } = STAGES[name];
  if (withRedis) await ensureRedis();
  const redis = withRedis ? await RedisServer.start() : null;
  const withEnv = redis ? { REDIS_URL: redis.url } : {};
  const size = process.argv.includes('--short') ? SIZES.short : { ...SIZES.full, requests };
  try {
    const tables = [
      ...(await Contestants.during({ withEnv }, (both) => timings(both, size))),
      await Contestants.during({ withEnv, env: STATEMENT_LOG }, (both) => statements(both, size)),
    ];
    const heading = `## The plugin beside Strapi without it, on ${title}`;
    const text = [heading, machine(), ...tables].join('\n\n');
    console.log(`\n${text}`);
    if (process.argv.includes('--write')) writeSection(`bench ${name}`, text);
  } finally {
    await redis?.dispose();
  }
}

/** Measures what takes time or memory. */
async function timings(contestants, { loads, turns, requests, logins, boots }) {
  const most = Math.max(...loads.map(([, count]) => count));
  const tokens = await contestants.each((server) => issueTokens(server, most));
  const compared = [];
  for (const [path, count, connections] of loads) {
    console.log(`▸ ${path} with ${count} tokens on ${connections} connections`);
    const load = { path, connections, tokens: firstTokens(tokens, count) };
    compared.push({ ...load, count, ...(await compareThroughput(contestants, load, turns)) });
  }
  console.log(`▸ ${logins} logins, ${boots} boots, memory over ${requests} requests`);
  const heap = await compareHeaps(contestants);
  const growth = await heapGrowth(contestants.with, tokens.with, requests);
  const costs = [
    [`heap with ${most} tokens in use`, 'MiB', heap],
    ['a login with a password', 'ms', await compareLogins(contestants, logins)],
    ['a boot', 'ms', await compareBoots(contestants, boots)],
  ];
  return [loadTable(compared), costTable(costs), growthLine(growth)];
}

/** Counts statements, which slows everything down. */
async function statements(contestants, { counted }) {
  console.log('▸ SQL statements');
  const tokens = await contestants.each((server) => issueTokens(server, 1));
  const names = await contestants.each(async (server) => (await server.users.register()).username);
  const request = (server, side) => server.users.me(tokens[side][0]);
  const login = (server, side) => server.users.login(names[side]);
  return costTable([
    ['SQL statements of a request', '', await compareStatements(contestants, counted, request)],
    ['SQL statements of a login', '', await compareStatements(contestants, counted / 5, login)],
  ]);
}
