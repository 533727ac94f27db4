import assert from 'node:assert/strict';
import { it } from 'node:test';
import { makeCore } from '../harness/core/core.mjs';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const modules = new ServerModules();
process.on('exit', () => modules.dispose());
const { FLUSH_AFTER_MS } = modules.load('services/sessions/last-seen-buffer');
const { LEASE_MS } = modules.load('services/instances/termination-feed');
const { MAX_UNREAD_MS } = modules.load('services/sessions/session-lookup');

const NOW = 1_700_000_000_000;

it('The core allows for the time until a write of last seen is known to every instance', () => {
  const inactivityTimeout = 3_600_000;
  const core = makeCore({ inactivityTimeout });
  const lagMs = NOW - core.sweepPlan(NOW).idleBeforeMs - inactivityTimeout - core.touchPeriodMs();
  // A second is left for slow writes and for clocks that differ.
  assert.ok(lagMs >= FLUSH_AFTER_MS + LEASE_MS + 1000, `${lagMs} ms`);
});

it('The core keeps the record of a termination until every instance has read it', () => {
  const { purgeBeforeMs } = makeCore({ terminatedRetentionDays: 0 }).sweepPlan(NOW);
  assert.ok(NOW - purgeBeforeMs >= MAX_UNREAD_MS + 60_000);
});
