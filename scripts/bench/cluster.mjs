/**
 * Measures how long a session that was terminated on one instance is still accepted on another, and what
 * an instance remembers of the sessions.
 *
 * `npm run bench:cluster` ends 100 sessions without Redis and 100 with it, on SQLite and then on
 * PostgreSQL; `DATABASE=sqlite` or `DATABASE=postgres` does one of the two, `-- 500` ends 500 each,
 * `-- --write` also puts the tables into BENCHMARKS.md. What counts is the newest request that was
 * sent after the termination had been answered and was accepted all the same.
 */
import '../lib/bench/durable-database.mjs';
import { Cluster } from '../../tests/harness/cluster/cluster.mjs';
import { DATABASE_VARIABLE } from '../../tests/harness/databases/database.mjs';
import { RedisServer } from '../../tests/harness/redis/redis-server.mjs';
import { Traffic } from '../../tests/harness/cluster/traffic.mjs';
import { pause, until } from '../../tests/harness/process/until.mjs';
import { toTable } from '../../tests/harness/markdown/table.mjs';
import { machine, writeSection } from '../lib/bench/report.mjs';
import { cacheMemory } from '../lib/bench/cache-memory.mjs';
import { ensureRedis } from '../../tests/harness/tools/redis.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from '../lib/set-up/root-setup.mjs';
import { stream } from '../../tests/harness/process/run.mjs';

const LEASE_MS = 2000;
const SPREAD_MS = 1000;

/** As many as an instance remembers at most. */
const KNOWN_SESSIONS = 100_000;

/** How many request loops each session has, for an even finer look. */
const LOOPS = 3;

/** For how long the commands of Redis are counted. */
const COUNTED_MS = 10_000;

/** How often Redis is killed to see whether anybody waits for it, and for how long each time. */
const OUTAGES = 5;
const OUTAGE_MS = 4000;

const PERCENTILES = ['p50', 'p95', 'p99', 'longest'];

const TITLES = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

requireNode();
await setUpOrExit(ensureRootInstall, ensureRedis);
const count = Number(process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? 100);
const { [DATABASE_VARIABLE]: database } = process.env;
if (database) {
  await measure(database);
} else {
  measureMemory();
  for (const name of Object.keys(TITLES)) await runAlone(name);
}

/** Measures on one database in a process of its own: the database is chosen once for a process. */
async function runAlone(name) {
  const env = { ...process.env, [DATABASE_VARIABLE]: name };
  const { code } = await stream(process.execPath, process.argv.slice(1), { env });
  if (code !== 0) process.exit(code);
}

/** Measures in this process alone: what is remembered has nothing to do with the database. */
function measureMemory() {
  const { full, replaced } = cacheMemory(KNOWN_SESSIONS);
  const sessions = `${KNOWN_SESSIONS / 1000} 000`;
  report('bench cluster memory', [
    '## What an instance remembers of the sessions',
    machine(),
    toTable(
      ['heap after a collection', 'MB'],
      [
        [`${sessions} live sessions, each with one rotation`, full.toFixed(1)],
        [`after ${sessions} others have taken their place`, replaced.toFixed(1)],
        [`200 bytes for each of ${sessions}, and 20 MB`, (KNOWN_SESSIONS / 5000 + 20).toFixed(1)],
      ],
    ),
  ]);
}

/** Prints a section, and puts it into BENCHMARKS.md if that is wanted. */
function report(name, parts) {
  const text = parts.join('\n\n');
  console.log(`\n${text}`);
  if (process.argv.includes('--write')) writeSection(name, text);
}

async function measure(name) {
  const redis = await RedisServer.start();
  try {
    const without = await during({}, lifetimes);
    const [withRedis, commands, outage] = await during(
      { REDIS_URL: redis.url },
      async (cluster) => [
        await lifetimes(cluster),
        await commandsOf(redis, cluster),
        await outageOf(redis, cluster),
      ],
    );
    report(`bench cluster ${name}`, [
      `## How long another instance accepts a terminated session, on ${TITLES[name]}`,
      machine(),
      `${count} sessions each, terminated on one of two instances while busy on the other; milliseconds from the answer to the last request that was sent and accepted.`,
      lifetimeTable([
        ['without Redis', without],
        ['with Redis', withRedis],
      ]),
      commands,
      outage,
    ]);
  } finally {
    await redis.dispose();
  }
}

/** Starts two instances for some work. */
async function during(env, work) {
  const cluster = await Cluster.start({ env });
  try {
    return await work(cluster);
  } finally {
    await cluster.dispose();
  }
}

/** Ends sessions one after the other; gives for how long each lived on, in order. */
async function lifetimes(cluster) {
  const times = [];
  while (times.length < count) times.push(await lifetimeMs(cluster));
  return times.sort((one, other) => one - other);
}

async function lifetimeMs(cluster) {
  const [a, b] = cluster.instances;
  const { jwt, user } = await cluster.signUp();
  const [{ id }] = await a.admin.sessionsOf(user.id);
  const busy = Array.from({ length: LOOPS }, () => new Traffic(b, jwt));
  await until('B is busy', () => busy.every(({ history }) => history.length > 2));
  // Without this the polls of B would always find the termination at the same age.
  await pause(Math.random() * SPREAD_MS);
  const acknowledgedAt = await cluster.terminate(id);
  await until('B refuses the session', () => busy.every(({ refusal }) => refusal));
  await Promise.all(busy.map((traffic) => traffic.stop()));
  const accepted = busy.flatMap((traffic) => traffic.acceptedAfter(acknowledgedAt));
  return Math.max(0, ...accepted.map(({ sentAt }) => sentAt - acknowledgedAt));
}

function lifetimeTable(results) {
  const rows = results.map(([name, times]) => [
    name,
    ...percentiles(times, 0),
    String(times.filter((ms) => ms > LEASE_MS).length),
  ]);
  return toTable(['', ...PERCENTILES, 'over the lease of 2 s'], rows);
}

function percentiles(sorted, digits) {
  return [50, 95, 99, 100].map((part) => percentile(sorted, part).toFixed(digits));
}

function percentile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.ceil((part / 100) * sorted.length) - 1)];
}

/** Says how many commands Redis gets from two instances at rest, and while a session is busy. */
async function commandsOf(redis, cluster) {
  const { jwt } = await cluster.signUp();
  const atRest = await commandsDuring(redis, () => pause(COUNTED_MS));
  const traffic = new Traffic(cluster.instances[1], jwt);
  const busy = await commandsDuring(redis, () => pause(COUNTED_MS));
  await traffic.stop();
  const { length } = traffic.history;
  return `Commands to Redis in ${COUNTED_MS / 1000} s: ${atRest} at rest, ${busy} during ${length} requests of one session.`;
}

async function commandsDuring(redis, work) {
  const before = await commandsSoFar(redis);
  await work();
  return (await commandsSoFar(redis)) - before;
}

async function commandsSoFar(redis) {
  const text = await redis.info('stats');
  return Number(/total_commands_processed:(\d+)/.exec(text)[1]);
}

/** Says how long requests take while Redis is there and while it is dead, in turns. */
async function outageOf(redis, cluster) {
  const { jwt } = await cluster.signUp();
  const [there, away] = [[], []];
  for (let turn = 0; turn < OUTAGES; turn += 1) {
    there.push(...(await durations(cluster, jwt)));
    await redis.crash();
    away.push(...(await durations(cluster, jwt)));
    await redis.boot();
    await until('every instance has Redis again', () => haveRedis(cluster));
  }
  const rows = [
    ['Redis is there', there],
    ['Redis is dead', away],
  ].map(([name, times]) => [
    name,
    ...percentiles(
      times.sort((one, other) => one - other),
      1,
    ),
  ]);
  const rise = percentile(away, 99) / percentile(there, 99) - 1;
  const change = `${rise < 0 ? '' : '+'}${(rise * 100).toFixed(0)} %`;
  const table = toTable(['requests, ms', ...PERCENTILES], rows);
  return `${table}\n\nWhile Redis is dead, p99 changes by ${change}.`;
}

/** Returns how long each request of a busy session took, in milliseconds. */
async function durations(cluster, jwt) {
  const traffic = new Traffic(cluster.instances[1], jwt);
  await pause(OUTAGE_MS);
  await traffic.stop();
  return traffic.history.map(({ sentAt, answeredAt }) => answeredAt - sentAt);
}

async function haveRedis({ instances }) {
  const answers = await Promise.all(instances.map(({ admin }) => admin.status()));
  return answers.every(({ json }) => json.data.redis.connected);
}
