/**
 * Puts the promise of the lease to the proof: three instances on one PostgreSQL, with a Redis, while
 * one fault follows another and sessions are ended everywhere.
 *
 * `npm run test:cluster` ends at least 2,000 sessions, which takes about six minutes; `-- 500` ends
 * so many. It fails if a request was accepted that was sent later than the lease after its session's
 * end had been acknowledged, and prints the latest that was accepted under each fault.
 */
import { checkHistory } from '../tests/support/proof/checker.mjs';
import { proveLease } from '../tests/support/proof/prove-lease.mjs';
import { reportOf } from '../tests/support/proof/report.mjs';
import { ensureRedis } from './lib/redis-tool.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from './lib/root-setup.mjs';

const LEASE_MS = 2000;

requireNode();
await setUpOrExit(ensureRootInstall, ensureRedis);
const history = await proveLease({
  leaseMs: LEASE_MS,
  userCount: 50,
  terminations: Number(process.argv[2] ?? 2000),
  restMs: 3000,
  say: (text) => console.log(`▸ ${text}`),
});
const result = checkHistory(history, LEASE_MS);
console.log(`\n${reportOf(result, history)}`);
process.exitCode = result.violations.length > 0 ? 1 : 0;
