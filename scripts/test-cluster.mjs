/**
 * Tests the lease under faults: three instances on one PostgreSQL, then on one MariaDB, with a Redis,
 * while one fault follows another and sessions are terminated on all instances.
 *
 * `npm run test:cluster` terminates at least 2,000 sessions, a quarter of them on each database in
 * each JWT mode, in about ten minutes; `-- 500` terminates so many. It fails if an instance accepted a request that was sent
 * later than the lease after the acknowledgement of the termination. It prints the latest accepted
 * request under each fault.
 */
import { MODES } from '../tests/harness/strapi/modes.mjs';
import { checkHistory } from '../tests/harness/lease-test/checker.mjs';
import { FAULTS } from '../tests/harness/lease-test/faults.mjs';
import { runLeaseTest } from '../tests/harness/lease-test/run-lease-test.mjs';
import { reportOf } from '../tests/harness/lease-test/report.mjs';
import { ensureRedis } from '../tests/harness/tools/redis.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from './lib/set-up/root-setup.mjs';

const LEASE_MS = 2000;

requireNode();
await setUpOrExit(ensureRootInstall, ensureRedis);
const RUNS = ['postgres', 'mysql'].flatMap((client) => MODES.map((mode) => ({ client, mode })));

for (const { client, mode } of RUNS) {
  console.log(`━━ ${client}, ${mode}`);
  const history = await runLeaseTest({
    mode,
    client,
    faults: FAULTS,
    leaseMs: LEASE_MS,
    userCount: 50,
    terminations: Number(process.argv[2] ?? 2000) / RUNS.length,
    restMs: 3000,
    say: (text) => console.log(`▸ ${text}`),
  });
  const result = checkHistory(history, LEASE_MS);
  console.log(`\n${reportOf(result, history)}\n`);
  const idle = [...result.phases].filter(([, { accepted }]) => accepted === 0);
  for (const [name] of idle) console.log(`Nothing was accepted under: ${name}`);
  if (result.violations.length > 0 || idle.length > 0) process.exitCode = 1;
}
