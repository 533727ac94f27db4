/**
 * Measures how long a session that was ended on one instance is still accepted on another.
 *
 * `npm run bench:cluster` ends 100 sessions without Redis and 100 with it; `-- 500` ends 500 each.
 * What counts is the newest request that was sent after the termination had been answered and was
 * accepted all the same.
 */
import { Cluster } from '../tests/support/cluster.mjs';
import { RedisServer } from '../tests/support/redis-server.mjs';
import { Traffic } from '../tests/support/traffic.mjs';
import { pause, until } from '../tests/support/until.mjs';
import { ensureRedis } from './lib/redis-tool.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from './lib/root-setup.mjs';

const LEASE_MS = 2000;
const SPREAD_MS = 1000;

/** How many request loops each session has, for an even finer look. */
const LOOPS = 3;

requireNode();
await setUpOrExit(ensureRootInstall, ensureRedis);
const count = Number(process.argv[2] ?? 100);
const redis = await RedisServer.start();
const results = [];
for (const [name, env] of [
  ['without Redis', {}],
  ['with Redis', { REDIS_URL: redis.url }],
]) {
  const cluster = await Cluster.start({ env });
  try {
    results.push({ name, times: await measured(cluster), ...(await operations(cluster)) });
  } finally {
    await cluster.dispose();
  }
}
await redis.dispose();

console.log(`\nAcknowledged on A, last accepted on B (${count} terminations each, ms)`);
for (const { name, times, requests, commands } of results) {
  const figures = [50, 95, 99, 100].map((part) => `p${part} ${percentile(times, part).toFixed(0)}`);
  console.log(`${name.padEnd(14)} ${figures.join('  ')}  over the lease: ${late(times)}`);
  if (name === 'with Redis') {
    console.log(`Redis commands during ${requests} requests of one session: ${commands}`);
  }
}

async function measured(cluster) {
  const times = [];
  while (times.length < count) times.push(await propagationMs(cluster));
  return times.sort((one, other) => one - other);
}

async function propagationMs(cluster) {
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

/** Counts what Redis does while one session is busy: idle reading included, so it is no sum of requests. */
async function operations(cluster) {
  const { jwt } = await cluster.signUp();
  const before = await commandsSoFar();
  const traffic = new Traffic(cluster.instances[1], jwt);
  await pause(5000);
  await traffic.stop();
  return { requests: traffic.history.length, commands: (await commandsSoFar()) - before };
}

async function commandsSoFar() {
  const text = await redis.info('stats');
  return Number(/total_commands_processed:(\d+)/.exec(text)[1]);
}

function percentile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.ceil((part / 100) * sorted.length) - 1)];
}

function late(times) {
  return times.filter((ms) => ms > LEASE_MS).length;
}
