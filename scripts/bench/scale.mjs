/**
 * Measures lists, requests and clean-up with a million sessions of a hundred thousand users.
 *
 * `npm run bench:scale` does so on SQLite; `DATABASE=postgres` or `DATABASE=mysql` in front of it on
 * another database, and `-- 100000` with other than a million sessions. With `-- --write` the
 * figures go into BENCHMARKS.md.
 */
import '../lib/bench/durable-database.mjs';
import { setTimeout as pause } from 'node:timers/promises';
import { CLIENT } from '../../tests/harness/databases/database.mjs';
import { addBulkSessions, LONG_AGO_MS } from '../../tests/harness/fixtures/bulk-fixtures.mjs';
import { AS_IN_PRODUCTION, TestServer } from '../../tests/harness/strapi/test-server.mjs';
import { toTable } from '../../tests/harness/markdown/table.mjs';
import { machine, writeSection } from '../lib/bench/report.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from '../lib/set-up/root-setup.mjs';

const DAY_MS = 86_400_000;
const NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL', mysql: 'MariaDB' };

/** How often each request is sent, and how many of each kind a second go on beside the clean-up. */
const REPEATS = 50;
const REQUESTS_PER_SECOND = 50;
const HEALTH_CHECKS_PER_SECOND = 10;
const LOGINS_PER_SECOND = 5;
const CALM_MS = 15_000;

/** Requests after which a server answers as fast as it ever does. */
const WARM_UP = 1000;

requireNode();
await setUpOrExit(ensureRootInstall);
const sessions = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 1_000_000);
const rows = [];
const measured = (what, figure, wanted) => {
  rows.push([what, figure, wanted]);
  console.log(`${what}: ${figure} (wanted: ${wanted})`);
};

/** Nothing is idle or old until the benchmark says so. */
const RESTFUL = {
  inactivityTimeout: 365 * DAY_MS,
  absoluteTimeout: 3650 * DAY_MS,
  terminatedRetentionDays: -1,
};

/** The sessions that ended lately did so one second apart; these days leave two and one third of them. */
const LATELY_DAYS = [2, 1].map((thirds) => Math.floor((sessions * 1000 * thirds) / 3 / DAY_MS));
const keptFor = (days) => ({ terminatedRetentionDays: days });

/**
 * What the clean-up does to a tenth of the sessions at a time, three times: one time alone has too few
 * requests beside it to tell their p99. What was marked is unmarked; what ended is spread over the days.
 */
const CLEAN_UPS = [
  {
    what: 'marking',
    count: 'inactive',
    wanted: 5,
    rounds: Array(3).fill({ inactivityTimeout: LONG_AGO_MS / 2 }),
    again: `UPDATE magic_sessionmanager_sessions SET state = 'active'
      WHERE state = 'inactive' AND last_seen_at_ms < ${Date.now() - LONG_AGO_MS / 2}`,
  },
  {
    what: 'deleting',
    count: 'deleted',
    wanted: 10,
    rounds: [...new Set([LONG_AGO_MS / 2 / DAY_MS, ...LATELY_DAYS])].map(keptFor),
    again: null,
  },
];
const server = await TestServer.start({ mode: 'refresh', config: RESTFUL, env: AS_IN_PRODUCTION });
try {
  await server.admin.register();
  const { jwt, user } = await server.users.signUp();
  const [emptyBytes, emptyMs] = [tableBytes(), await measureRequest(jwt)];
  const [like] = server.database.rows('SELECT refresh_token FROM magic_sessionmanager_sessions');
  console.log(`Filling ${NAMES[CLIENT]} with ${sessions} sessions …`);
  addBulkSessions(server.database, { sessions, users: sessions / 10, like });
  server.database.settle();
  const bytes = (tableBytes() - emptyBytes) / sessions;
  measured(
    'the values of a row, its token included',
    `${averageRowBytes().toFixed(0)} bytes`,
    '≤ 1024',
  );
  measured('… with its part of pages and of all indexes', `${bytes.toFixed(0)} bytes`, '–');
  await measureReads(jwt, user);
  const fullMs = await measureRequest(jwt);
  const requestMs = `${emptyMs.toFixed(2)} ms → ${fullMs.toFixed(2)} ms`;
  measured('a request of a user, with one session and with all', requestMs, 'alike');
  await measureCleanUp(jwt, user);
  await measureBoot();
  // On SQLite the one process that could write is the one that waits for its tables.
  if (CLIENT !== 'sqlite') await measureIndex(jwt, user);
} finally {
  await server.dispose();
}
const table = toTable(['what', 'measured', 'wanted'], rows);
const section =
  `## ${sessions.toLocaleString('en')} sessions on ${NAMES[CLIENT]}\n\n${machine()}; ` +
  `\`DATABASE=${CLIENT} npm run bench:scale\`. Times are the median of ${REPEATS} requests over ` +
  `HTTP, after the upkeep that a database does by itself sooner or later. The time of the clean-up ` +
  `is the median of three rounds, and the p99 is that of all their requests.` +
  `\n\n${table}`;
if (process.argv.includes('--write')) writeSection(`scale on ${CLIENT}`, section);

async function measureReads(jwt, { id }) {
  const list = (query) => () => server.admin.list(query);
  const last = Math.ceil((sessions + 1) / 25);
  for (const [what, request, wanted] of [
    ['list: first page', list(''), 300],
    ['list: last page', list(`pagination[page]=${last}`), 300],
    ['list: page in the middle', list(`pagination[page]=${Math.floor(last / 2)}`), 300],
    ['list: by end, newest first', list('sort=terminatedAt:desc'), 300],
    ['list: of one state', list('filters[state]=inactive'), 300],
    ['list: of one device', list('filters[device]=tablet'), 300],
    ['list: of one user', list(`filters[userId]=${id}`), 300],
    ['search: one user', list('_q=bulk77777'), 300],
    ['search: a beginning of an address', list('_q=198.51.7.'), 300],
    ['search: found in most sessions', list('_q=chrome'), 300],
    ['search: found nowhere', list('_q=nobody'), 300],
    ['my-sessions', () => server.users.own(jwt, 'GET', '/my-sessions'), 5],
  ]) {
    const times = [];
    while (times.length < REPEATS) times.push(await timeOf(request));
    const figure = `${percentile(times, 50).toFixed(1)} ms`;
    measured(what, figure, `≤ ${wanted} ms`);
  }
}

/** Returns the median time of a request of a user, in milliseconds, once the server is warm. */
async function measureRequest(jwt) {
  const times = [];
  while (times.length < 2 * WARM_UP) times.push(await timeOf(() => server.users.me(jwt)));
  return percentile(times.slice(WARM_UP), 50);
}

async function measureCleanUp(jwt, user) {
  const share = sessions / 10;
  for (const { what, count, wanted, rounds, again } of CLEAN_UPS) {
    const [calm, busy, times] = [[], [], []];
    const memoryBefore = server.process.residentBytes();
    for (const options of rounds) {
      calm.push(await duringTraffic(jwt, user, () => pause(CALM_MS)));
      const round = await duringTraffic(jwt, user, () => cleanUpWith(options));
      if (round.result[count] === 0) throw new Error(`There was nothing for ${what}.`);
      busy.push(round);
      times.push((round.result.tookMs * share) / round.result[count]);
      await change(RESTFUL);
      if (again) server.database.run(again);
      server.database.settle();
    }
    const median = (percentile(times, 50) / 1000).toFixed(1);
    const most = (Math.max(...times) / 1000).toFixed(1);
    measured(`${what} ${share} sessions`, `${median} s (at most ${most})`, `≤ ${wanted} s`);
    const [was, is] = [calm, busy].map((all) => percentile(pooled(all, 'requests'), 99));
    measured(
      `… requests meanwhile, p99`,
      `${was.toFixed(1)} ms → ${is.toFixed(1)} ms`,
      'at most a fifth more',
    );
    measured(
      `… /_health on new connections, p99`,
      `${percentile(pooled(busy, 'health'), 99).toFixed(0)} ms`,
      '≤ 100 ms',
    );
    const [longestWas, longestIs] = [calm, busy].map((all) => Math.max(...pooled(all, 'logins')));
    measured(
      '… a session that begins meanwhile, longest',
      `${longestWas.toFixed(0)} ms → ${longestIs.toFixed(0)} ms`,
      'no lock over 100 ms',
    );
    const growth = (server.process.residentBytes() - memoryBefore) / 2 ** 20;
    measured('… growth of memory, all three', `${growth.toFixed(0)} MiB`, 'none');
  }
}

async function cleanUpWith(options) {
  await change(options);
  return await server.admin.cleanUp();
}

async function change(options) {
  const answer = await server.admin.changeSettings(options);
  if (answer.status !== 200) throw new Error(answer.text);
}

/** Returns the times of one kind of request in several rounds. */
function pooled(rounds, kind) {
  return rounds.flatMap((round) => round[kind]);
}

/** Boots with a third of the sessions that have not ended idle, and without. */
async function measureBoot() {
  const times = {};
  for (const idle of [false, true]) {
    await server.stop();
    const seen = idle ? Date.now() - LONG_AGO_MS : Date.now();
    server.database
      .run(`UPDATE magic_sessionmanager_sessions SET state = 'active', last_seen_at_ms = ${seen}
      WHERE terminated_at_ms IS NULL AND user_id % 3 = 0`);
    server.database.close();
    times[idle] = await timeOf(() => server.boot());
  }
  const [{ n }] = server.database.rows(`SELECT count(*) AS n FROM magic_sessionmanager_sessions
    WHERE terminated_at_ms IS NULL AND user_id % 3 = 0`);
  const figure = `${(times[false] / 1000).toFixed(1)} s → ${(times[true] / 1000).toFixed(1)} s`;
  measured(`boot with none and with ${n} idle sessions`, figure, 'alike');
}

/** Adds an index, as Strapi does at the start of an instance with a newer release, while others go on. */
async function measureIndex(jwt, user) {
  const starting = await server.database.connect();
  const add =
    'CREATE INDEX magic_sessionmanager_sessions_newer_ix ON magic_sessionmanager_sessions (ip, last_seen_at_ms)';
  const busy = await duringTraffic(jwt, user, async () => {
    await pause(1000);
    return await timeOf(() => starting.run(add));
  });
  await starting.end();
  const [{ n }] = server.database.rows('SELECT count(*) AS n FROM magic_sessionmanager_sessions');
  measured(`adding an index to ${n} sessions`, `${(busy.result / 1000).toFixed(1)} s`, '–');
  measured(
    '… a session that begins meanwhile, longest',
    `${Math.max(...busy.logins).toFixed(0)} ms`,
    'not for long',
  );
}

/**
 * Sends requests of a user, begins sessions as other plugins do, without the cost of a password, and
 * checks the health at a steady rate while some work is done.
 */
async function duringTraffic(jwt, { id }, work) {
  const requests = steadily(() => server.users.me(jwt), REQUESTS_PER_SECOND);
  const health = steadily(() => server.request('GET', '/_health'), HEALTH_CHECKS_PER_SECOND);
  const logins = steadily(() => server.request('POST', `/api/issuer/${id}`), LOGINS_PER_SECOND);
  const result = await work();
  const [requestMs, healthMs, loginMs] = await Promise.all(
    [requests, health, logins].map((traffic) => traffic.end()),
  );
  return { result, requests: requestMs, health: healthMs, logins: loginMs };
}

/** Sends a request so many times a second, answered or not, and returns how long each took. */
function steadily(request, perSecond) {
  const underWay = [];
  // One that is not answered counts as one that takes forever.
  const timed = () => timeOf(request).catch(() => Infinity);
  const timer = setInterval(() => underWay.push(timed()), 1000 / perSecond);
  return {
    end() {
      clearInterval(timer);
      return Promise.all(underWay);
    },
  };
}

async function timeOf(work) {
  const start = performance.now();
  const answer = await work();
  if (answer?.status >= 400) throw new Error(answer.text);
  return performance.now() - start;
}

function percentile(times, part) {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil((part / 100) * sorted.length) - 1)];
}

/** How long the values of some rows are on average: text in UTF-8, numbers as eight bytes. */
function averageRowBytes() {
  const rows = server.database.rows('SELECT * FROM magic_sessionmanager_sessions LIMIT 1000');
  const bytesOf = (value) => (typeof value === 'number' ? 8 : Buffer.byteLength(value ?? ''));
  const values = rows.flatMap((row) => Object.values(row));
  return values.reduce((sum, value) => sum + bytesOf(value), 0) / rows.length;
}

function tableBytes() {
  return server.database.bytesOf('magic_sessionmanager_sessions');
}
