import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkHistory } from '../harness/lease-test/checker.mjs';

const LEASE_MS = 2000;

const HISTORY = {
  phases: [
    { name: 'calm', fromMs: 0 },
    { name: 'storm', fromMs: 1000 },
    { name: 'calm', fromMs: 9000 },
  ],
  acknowledgements: [{ sessionId: 'a', acknowledgedAtMs: 1500 }],
  acceptances: [],
  refusals: [],
};

const accepted = (sessionId, sentAtMs) => ({ sessionId, sentAtMs, instance: 1 });

const check = (changes) => checkHistory({ ...HISTORY, ...changes }, LEASE_MS);

describe('The checker of a history', () => {
  it('finds a request that was accepted later than the lease', () => {
    const late = accepted('a', 3501);
    const { violations } = check({ acceptances: [accepted('a', 1400), late] });
    assert.deepEqual(violations, [{ ...late, lateMs: 2001, phase: 'storm' }]);
  });

  it('finds one among many, whichever session, and in the order of the history', () => {
    const acknowledgements = Array.from({ length: 100 }, (_, index) => ({
      sessionId: `s${index}`,
      acknowledgedAtMs: index,
    }));
    const acceptances = acknowledgements.map(({ sessionId }) => accepted(sessionId, 2050));
    const { violations } = check({ acknowledgements, acceptances });
    assert.equal(violations.length, 50);
    assert.equal(violations[0].sessionId, 's0');
  });

  it('allows what was sent within the lease, and tells the latest of each phase', () => {
    const acceptances = [accepted('a', 1499), accepted('a', 3500), accepted('a', 1600)];
    const { violations, phases } = check({ acceptances });
    assert.deepEqual(violations, []);
    assert.deepEqual(phases.get('storm'), {
      terminations: 1,
      accepted: 3,
      refused: 0,
      latestMs: 2000,
    });
  });

  it('allows any request of a session whose end was not acknowledged', () => {
    assert.deepEqual(check({ acceptances: [accepted('b', 1_000_000)] }).violations, []);
  });

  it('counts from the first acknowledgement of a session', () => {
    const acknowledgements = [
      { sessionId: 'a', acknowledgedAtMs: 4000 },
      { sessionId: 'a', acknowledgedAtMs: 1500 },
    ];
    const { violations, phases } = check({ acknowledgements, acceptances: [accepted('a', 4500)] });
    assert.equal(violations[0].lateMs, 3000);
    assert.equal(phases.get('storm').terminations, 1);
  });

  it('sums up the phases of one name', () => {
    const refusals = [accepted('a', 500), accepted('a', 9500), accepted('a', 2000)];
    const { phases } = check({ refusals, acceptances: [accepted('b', 9900)] });
    assert.equal(phases.get('calm').refused, 2);
    assert.equal(phases.get('calm').accepted, 1);
    assert.equal(phases.get('storm').refused, 1);
  });
});
