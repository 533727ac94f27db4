import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hasRefreshTokens, MODES } from '../harness/strapi/modes.mjs';
import { checkHistory } from '../harness/lease-test/checker.mjs';
import { FAULTS } from '../harness/lease-test/faults.mjs';
import { NO_FAULT, runLeaseTest } from '../harness/lease-test/run-lease-test.mjs';
import { reportOf } from '../harness/lease-test/report.mjs';

const LEASE_MS = 2000;
const USERS = 30;

/** Which faults there are in which mode, by turns; `npm run test:cluster` has all of them in each. */
const SHARES = MODES.map((mode, turn) => {
  return { mode, faults: FAULTS.filter((_, place) => place % MODES.length === turn) };
});

for (const { mode, faults } of SHARES) {
  it(`No request is accepted later than the lease after a termination was acknowledged, whatever fails (${mode})`, async () => {
    const history = await runLeaseTest({
      mode,
      client: 'postgres',
      faults,
      leaseMs: LEASE_MS,
      userCount: USERS,
      terminations: USERS,
      isShort: true,
      restMs: 500,
      say: () => undefined,
    });
    const result = checkHistory(history, LEASE_MS);
    console.log(reportOf(result, history));
    assert.deepEqual(result.violations, []);
    assert.deepEqual([...result.phases.keys()], [NO_FAULT, ...faults.map(({ name }) => name)]);
    for (const [name, { accepted }] of result.phases) assert.ok(accepted > 0, name);
    assert.ok(history.acknowledgements.length >= USERS);
    assert.ok(history.refusals.length >= USERS);
    if (hasRefreshTokens(mode)) assertRefreshed(history);
  });
}

function assertRefreshed({ acceptances, refusals }) {
  for (const requests of [acceptances, refusals]) {
    assert.ok(requests.some(({ kind }) => kind === 'refresh'));
  }
}
