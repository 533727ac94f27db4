/**
 * Watches the heap of a Strapi with the plugin over a million requests, which takes half an hour.
 *
 * `npm run bench:memory` prints a table; `-- 100000` sends so many requests, `-- --write` also puts
 * the table into BENCHMARKS.md.
 */
import { AS_IN_PRODUCTION, TestServer } from '../../tests/harness/strapi/test-server.mjs';
import { issueTokens } from '../../tests/harness/comparison/server-pair.mjs';
import { heapsDuring } from '../lib/bench/memory.mjs';
import { toTable } from '../../tests/harness/markdown/table.mjs';
import { machine, writeSection } from '../lib/bench/report.mjs';
import { ensureWrk } from '../lib/bench/wrk.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from '../lib/set-up/root-setup.mjs';

const TOKENS = 200;
const STEPS = 10;

requireNode();
await setUpOrExit(ensureRootInstall, ensureWrk);
const requests = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 1_000_000);
const server = await TestServer.start({ env: { QUIET_EVENTS: 'true', ...AS_IN_PRODUCTION } });
try {
  const tokens = await issueTokens(server, TOKENS);
  const say = ({ sent, mib }) => console.log(`▸ ${mib.toFixed(1)} MiB after ${sent} requests`);
  const heaps = await heapsDuring(server, { tokens, requests, steps: STEPS, say });
  const rows = heaps.map(({ sent, mib }) => [sent.toLocaleString('en'), mib.toFixed(1)]);
  const text = [
    `## The heap over ${requests.toLocaleString('en')} requests`,
    `${machine()}. GET /api/users/me with ${TOKENS} tokens, on SQLite, with the plugin.`,
    toTable(['requests so far', 'heap after a collection, MiB'], rows),
  ].join('\n\n');
  console.log(`\n${text}`);
  if (process.argv.includes('--write')) writeSection('bench memory', text);
} finally {
  await server.dispose();
}
