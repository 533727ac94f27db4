/**
 * Measures a Strapi with the plugin beside the same Strapi without it.
 *
 * `npm run bench` prints tables; `-- --write` also puts them into BENCHMARKS.md; `-- --short` takes
 * two minutes and says less exactly. Both servers run at the same time and are loaded in turns, so
 * that a busy machine slows both alike. Linux only: processor time is read from /proc.
 */
import { compareBoots } from './lib/bench/boots.mjs';
import { Contestants, issueTokens } from './lib/bench/contestants.mjs';
import { compareLogins } from './lib/bench/logins.mjs';
import { machine, writeSection } from './lib/bench/report.mjs';
import { STATEMENT_LOG, compareStatements } from './lib/bench/statements.mjs';
import { compareThroughput, firstTokens } from './lib/bench/throughput.mjs';
import { compareMemory } from './lib/bench/usage.mjs';
import { ensureWrk } from './lib/bench/wrk.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from './lib/root-setup.mjs';
import { costTable, loadTable } from './lib/bench/tables.mjs';

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
    turns: { pairs: 9, seconds: 5 },
    requests: 1_000_000,
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

requireNode();
await setUpOrExit(ensureRootInstall, ensureWrk);
const size = process.argv.includes('--short') ? SIZES.short : SIZES.full;
const text = [
  '## The plugin beside Strapi without it, on SQLite',
  machine(),
  ...(await Contestants.during({}, (contestants) => timings(contestants, size))),
  await Contestants.during({ env: STATEMENT_LOG }, (contestants) => statements(contestants, size)),
].join('\n\n');
console.log(`\n${text}`);
if (process.argv.includes('--write')) writeSection('bench sqlite', text);

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
  console.log(`▸ memory over ${requests} requests, ${logins} logins, ${boots} boots`);
  const memory = await compareMemory(contestants, tokens, requests);
  const costs = [
    ['a login with a password', 'ms', await compareLogins(contestants, logins)],
    ['a boot', 'ms', await compareBoots(contestants, boots)],
    [`heap with ${most} tokens in use`, 'MiB', memory.before],
    [`heap after ${requests} requests more`, 'MiB', memory.after],
  ];
  return [loadTable(compared), costTable(costs)];
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
