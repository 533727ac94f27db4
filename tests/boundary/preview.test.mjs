import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { impact, makeCore, parseSettings, simulate, thrown } from '../harness/core/core.mjs';
import { departures } from '../harness/core/types.mjs';

const START = 1_700_000_000_000;
const MINUTE = 60_000;
const DAY = 86_400_000;
const IDLE = 15 * MINUTE + 34_000;
const settings = (options) => parseSettings(options);

describe('simulate', () => {
  const play = (script, options) => simulate(settings(options), script, START);

  it('shows states, writes, reactivations, the termination and the deletion', () => {
    const timeline = play([
      { type: 'login' },
      { type: 'requests', everyMs: 10_000, forMs: MINUTE },
      { type: 'pause', forMs: 20 * MINUTE },
      { type: 'request' },
      { type: 'terminate', reason: 'admin' },
      { type: 'request' },
    ]);
    const idleFrom = START + MINUTE + IDLE;
    const end = START + 21 * MINUTE;
    assert.deepEqual(timeline, {
      sessions: [
        {
          spans: [
            { state: 'active', fromMs: START, untilMs: idleFrom },
            { state: 'inactive', fromMs: idleFrom, untilMs: end },
            { state: 'active', fromMs: end, untilMs: end },
            { state: 'terminated', fromMs: end, untilMs: end + 30 * DAY },
          ],
          touchesWritten: 3,
          touchesSaved: 5,
          reactivations: 1,
          refusals: [{ fromMs: end, untilMs: end, count: 1, reason: 'admin' }],
          reason: 'admin',
        },
      ],
      refusals: [],
    });
    assert.deepEqual(departures(timeline, 'Timeline'), []);
  });

  it('shows what the limit of sessions does', () => {
    const script = [{ type: 'login' }, { type: 'pause', forMs: 5 }, { type: 'login' }];
    const [first] = play(script, { maxSessionsPerUser: 1 }).sessions;
    assert.equal(first.reason, 'session_limit');
    const denied = play(script, { maxSessionsPerUser: 1, onLimit: 'deny-new' });
    const at = START + 5;
    const refusal = { fromMs: at, untilMs: at, count: 1, reason: 'session_limit' };
    assert.deepEqual(denied.refusals, [refusal]);
    assert.deepEqual(departures(denied, 'Timeline'), []);
  });

  it('tells no time that a number cannot hold', () => {
    const error = thrown(() => simulate(parseSettings({}), [{ type: 'login' }], 2 ** 53 - 2));
    assert.deepEqual([error.code, error.field], ['invalid_time', null]);
  });

  it('refuses as unknown what comes without a session', () => {
    const [refusal] = play([{ type: 'request' }]).refusals;
    assert.equal(refusal.reason, 'unknown');
  });

  it('names the field that is wrong', () => {
    const cases = [
      ['script', undefined],
      ['script', ['login']],
      ['script', [{ type: 'requests', everyMs: 1, forMs: DAY }]],
      ['script', Array.from({ length: 1001 }, () => ({ type: 'login' }))],
      ['script.type', [{ type: 'sleep' }]],
      ['script.everyMs', [{ type: 'requests', everyMs: 0, forMs: 1 }]],
      ['script.forMs', [{ type: 'pause', forMs: -1 }]],
      ['script.reason', [{ type: 'terminate' }]],
    ];
    for (const [field, script] of cases) assert.equal(thrown(() => play(script)).field, field);
    assert.equal(thrown(() => simulate(settings(), [], -1)).field, 'startMs');
    const wrong = { inactivityTimeout: 0 };
    assert.equal(thrown(() => simulate(wrong, [], START)).field, 'inactivityTimeout');
  });
});

describe('impact', () => {
  const DAYS_AGO = [0, 1, 40];

  /** Makes columns of every combination of state, age, rest and time since the end, again and again. */
  function columns(length) {
    const ago = (index, turn) => START - DAYS_AGO[Math.floor(index / turn) % 3] * DAY;
    const times = (turn) => Float64Array.from({ length }, (_, index) => ago(index, turn));
    return {
      states: Uint8Array.from({ length }, (_, index) => index % 3),
      loggedInAtMs: times(3),
      lastSeenAtMs: times(9),
      terminatedAtMs: times(27),
      keepUntilMs: times(81).map((at) => at + DAY),
    };
  }

  it('names by index exactly what a sweep and the next clean-up change', () => {
    for (const options of [{}, { onInactive: 'terminate', terminatedRetentionDays: 0 }]) {
      const core = makeCore(options);
      for (const cleanUpAtMs of [null, START + MINUTE, START + 2 * DAY]) {
        const found = impact(settings(options), columns(243), START, cleanUpAtMs);
        const expected = changesBy(core, columns(243), cleanUpAtMs);
        assert.deepEqual(Object.keys(found), Object.keys(expected));
        for (const [name, indices] of Object.entries(expected)) {
          assert.ok(found[name] instanceof Uint32Array);
          assert.deepEqual([...found[name]], indices, name);
        }
      }
    }
  });

  /** Carries the plan of a sweep out on columns, and then that of a clean-up. */
  function changesBy(core, { states, ...times }, cleanUpAtMs) {
    const { terminations, idleBeforeMs } = core.sweepPlan(START);
    const purgeBeforeMs = cleanUpAtMs === null ? null : core.sweepPlan(cleanUpAtMs).purgeBeforeMs;
    const swept = {
      becomeInactive: [],
      terminatedAsIdle: [],
      terminatedAsExpired: [],
      deleted: [],
    };
    states.forEach((state, index) => {
      const selects = ({ by, fromMs, untilMs }) =>
        times[by] && times[by][index] >= (fromMs ?? 0) && times[by][index] <= (untilMs ?? Infinity);
      const step = state === 2 ? undefined : terminations.find(selects);
      if (step?.reason === 'expired') swept.terminatedAsExpired.push(index);
      else if (step) swept.terminatedAsIdle.push(index);
      else if (state === 0 && times.lastSeenAtMs[index] <= idleBeforeMs)
        swept.becomeInactive.push(index);
      const endedAtMs = step ? START : times.terminatedAtMs[index];
      const isOld = (state === 2 || step) && purgeBeforeMs !== null && endedAtMs <= purgeBeforeMs;
      if (isOld && times.keepUntilMs[index] < cleanUpAtMs) swept.deleted.push(index);
    });
    return swept;
  }

  it('evaluates a million sessions', () => {
    const found = impact(settings(), columns(1_000_000), START, START + DAY);
    const counts = Object.values(found).map(({ length }) => length);
    assert.deepEqual(
      counts.map((count) => count > 0),
      [true, false, true, true],
    );
  });

  it('names the field that is wrong', () => {
    const good = columns(3);
    const cases = [
      ['sessions', undefined],
      ['sessions.states', { ...good, states: [0, 1, 2] }],
      ['sessions.states', { ...good, states: Uint8Array.of(0, 1, 3) }],
      ['sessions.loggedInAtMs', { ...good, loggedInAtMs: Float64Array.of(1) }],
      ['sessions.lastSeenAtMs', { ...good, lastSeenAtMs: Float64Array.of(1, Number.NaN, 1) }],
      ['sessions.terminatedAtMs', { ...good, terminatedAtMs: Float64Array.of(1, 1, -1) }],
      ['sessions.keepUntilMs', { ...good, keepUntilMs: [0, 0, 0] }],
    ];
    for (const [field, wrong] of cases)
      assert.equal(thrown(() => impact(settings(), wrong, START, null)).field, field);
    assert.equal(thrown(() => impact(settings(), good, 0, null)).field, 'nowMs');
    assert.equal(thrown(() => impact(settings(), good, START, 'soon')).field, 'cleanUpAtMs');
  });

  it('reads when a session was terminated only where it was terminated', () => {
    const live = { ...columns(2), terminatedAtMs: Float64Array.of(Number.NaN, -1) };
    assert.equal(impact(settings(), live, START, START + DAY).deleted.length, 0);
  });
});
