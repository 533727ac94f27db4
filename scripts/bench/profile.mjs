/**
 * Profiles a Strapi with the plugin under load, and sums up where its processor time goes.
 *
 * `npm run bench:profile` prints; `-- --write` also puts the sums into BENCHMARKS.md.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AS_IN_PRODUCTION, TestServer } from '../../tests/harness/strapi/test-server.mjs';
import { issueTokens } from '../../tests/harness/comparison/server-pair.mjs';
import { selfTimes, sharesOf } from '../lib/bench/profile.mjs';
import { toTable } from '../../tests/harness/markdown/table.mjs';
import { machine, writeSection } from '../lib/bench/report.mjs';
import { Load, ensureWrk } from '../lib/bench/wrk.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from '../lib/set-up/root-setup.mjs';

const TOKENS = 200;
const LOAD = { path: '/api/users/me', connections: 10, seconds: 20 };
const OWN = 'strapi-plugin-magic-sessionmanager';
const SHOWN = 12;

/** Who runs, by a part of the address of the code; the first that fits counts. */
const PARTS = [
  [OWN, 'the plugin'],
  ['wasm:', 'the core (WebAssembly)'],
  ['better-sqlite3', 'SQLite’s driver'],
  ['@strapi', 'Strapi'],
  ['node_modules', 'other packages'],
  ['node:', 'Node and native code'],
];

requireNode();
await setUpOrExit(ensureRootInstall, ensureWrk);
const { profile, load } = await profiled();
const times = selfTimes(profile, load);
const text = [
  '## Where the processor time of a request goes',
  `${machine()}. GET ${LOAD.path} with ${TOKENS} tokens on ${LOAD.connections} connections.`,
  table('who', sharesOf(times, ownerOf)),
  'The functions of the plugin and the core, as shares of the same time:',
  table('function', sharesOf(times, ownFunction).slice(0, SHOWN)),
].join('\n\n');
console.log(`\n${text}`);
if (process.argv.includes('--write')) writeSection('bench profile', text);

/** Returns the profile of a server, and between which instants it was under load. */
async function profiled() {
  const folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-profile-'));
  const nodeFlags = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const server = await TestServer.start({
    env: { QUIET_EVENTS: 'true', ...AS_IN_PRODUCTION },
    nodeFlags,
  });
  try {
    const requests = new Load(await issueTokens(server, TOKENS));
    const fromUs = monotonicUs();
    await requests.run({ ...LOAD, port: server.port });
    const toUs = monotonicUs();
    requests.dispose();
    await server.stop();
    const [name] = readdirSync(folder);
    const profile = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
    return { profile, load: { fromUs, toUs } };
  } finally {
    await server.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads the clock of the machine that V8 stamps its samples with. */
function monotonicUs() {
  return Number(process.hrtime.bigint() / 1000n);
}

function ownerOf({ url, name }) {
  if (url !== '') return PARTS.find(([mark]) => url.includes(mark))?.[1] ?? 'the app';
  // V8 sets what is no function in brackets.
  if (name.startsWith('(')) return name.slice(1, -1);
  return name.startsWith('RegExp:') ? 'matching of routes' : 'Node and native code';
}

function ownFunction(time) {
  const owner = ownerOf(time);
  return owner === PARTS[0][1] || owner === PARTS[1][1] ? time.name : null;
}

function table(what, shares) {
  const rows = shares.map(({ part, share }) => [part, `${(share * 100).toFixed(2)} %`]);
  return toTable([what, 'share'], rows);
}
