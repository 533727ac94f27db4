import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decideLogin,
  decideQuota,
  loginFailed,
  loginSucceeded,
  thrown,
} from '../harness/core/core.mjs';
import { departures, literalsOf } from '../harness/core/types.mjs';

const NOW = 1_700_000_000_000;
const QUOTA = { limit: 3, windowMs: 1000, burst: 2 };
const SUBJECTS = ['identifier', 'address'];
const RECORD = { forgivenAtMs: NOW, lastFailureAtMs: NOW, lockedUntilMs: NOW };
const LAST_DATE = 8_640_000_000_000_000;
const NOT_TIMES = [Number.NaN, -1, 0.5, 2 ** 53, Infinity, null, undefined, '1', {}, true, 1n];
const NOT_OBJECTS = [0, '', 'x', true, [], () => ({}), Symbol('s'), 1n];
const UNREADABLE = {
  get limit() {
    throw new Error('not today');
  },
};

/** Fails with the list of departures when a value is not of its declared type. */
function holds(value, typeName) {
  assert.deepEqual(departures(value, typeName), []);
  return value;
}

/** Makes sure that a call throws about one field. */
function refuses(call, code, field) {
  const error = thrown(call);
  assert.deepEqual([error.code, error.field], [code, field], error.message);
}

/** Gives what is remembered after so many failures at one moment. */
function failed(subject, times, nowMs = NOW) {
  let record;
  for (let time = 0; time < times; time += 1)
    record = holds(loginFailed(subject, record, nowMs), 'FailedLogin').record;
  return record;
}

describe('decideQuota', () => {
  const ask = (tat, nowMs) => holds(decideQuota(QUOTA, tat, nowMs), 'QuotaDecision');

  it('gives the decision and what to store', () => {
    const first = ask(undefined, NOW);
    assert.deepEqual(first, {
      allowed: true,
      tat: { atMs: NOW + 333, ticks: 1 },
      remaining: 1,
      retryAfterMs: 0,
      resetMs: 334,
    });
    const second = ask(first.tat, NOW);
    assert.deepEqual(second.tat, { atMs: NOW + 666, ticks: 2 });
    assert.deepEqual(ask(second.tat, NOW), {
      allowed: false,
      tat: second.tat,
      remaining: 0,
      retryAfterMs: 334,
      resetMs: 667,
    });
    assert.equal(ask(second.tat, NOW + 333).allowed, false);
    assert.deepEqual(ask(second.tat, NOW + 334).tat, { atMs: NOW + 1000, ticks: 0 });
    assert.deepEqual(ask(second.tat, NOW + 667), ask(null, NOW + 667));
  });

  it('gives back as text what a store kept as text', () => {
    let kept;
    const passed = [];
    for (let nowMs = NOW; nowMs < NOW + 10_000; nowMs += 1) {
      const { allowed, tat } = decideQuota(QUOTA, kept && JSON.parse(kept), nowMs);
      if (allowed) passed.push(nowMs);
      kept = JSON.stringify(tat);
    }
    assert.equal(passed.length, QUOTA.burst + 29);
  });

  it('takes the bounds of every number, and gives numbers that it takes again', () => {
    const widest = { limit: 1_000_000, windowMs: 31_536_000_000, burst: 10_000 };
    const slowest = { ...widest, limit: 1 };
    for (const quota of [widest, slowest, { limit: 1, windowMs: 1, burst: 1 }]) {
      for (const nowMs of [1, NOW, LAST_DATE, Number.MAX_SAFE_INTEGER]) {
        for (const atMs of [0, NOW, Number.MAX_SAFE_INTEGER]) {
          for (const ticks of [0, Number.MAX_SAFE_INTEGER]) {
            const { tat } = holds(decideQuota(quota, { atMs, ticks }, nowMs), 'QuotaDecision');
            holds(decideQuota(quota, tat, nowMs), 'QuotaDecision');
            assert.ok(tat.ticks < quota.limit);
          }
        }
      }
    }
  });

  it('refuses a quota that is none', () => {
    for (const wrong of [...NOT_OBJECTS, null, undefined, UNREADABLE])
      refuses(() => decideQuota(wrong, undefined, NOW), 'invalid_argument', 'quota');
    const above = { limit: 1_000_001, windowMs: 31_536_000_001, burst: 10_001 };
    for (const [name, tooMuch] of Object.entries(above)) {
      for (const wrong of [...NOT_TIMES, 0, -0, tooMuch]) {
        const quota = { ...QUOTA, [name]: wrong };
        refuses(() => decideQuota(quota, undefined, NOW), 'invalid_argument', `quota.${name}`);
      }
    }
    const { message } = thrown(() => decideQuota({ ...QUOTA, burst: 0 }, undefined, NOW));
    assert.equal(message, 'quota.burst takes a whole number from 1 to 10000');
  });

  it('refuses an invalid stored value, and does not start from zero', () => {
    for (const wrong of NOT_OBJECTS)
      refuses(() => decideQuota(QUOTA, wrong, NOW), 'invalid_argument', 'tat');
    for (const wrong of NOT_TIMES) {
      const [time, ticks] = [
        { atMs: wrong, ticks: 0 },
        { atMs: NOW, ticks: wrong },
      ];
      refuses(() => decideQuota(QUOTA, time, NOW), 'invalid_time', 'tat.atMs');
      refuses(() => decideQuota(QUOTA, ticks, NOW), 'invalid_argument', 'tat.ticks');
    }
  });

  it('leaves the prototype out of it', () => {
    const inherited = Object.create(QUOTA);
    refuses(() => decideQuota(inherited, undefined, NOW), 'invalid_argument', 'quota.limit');
  });
});

describe('Failed logins', () => {
  const unclean = failed('address', 1);

  it('lock after the free ones, for the account and for the address', () => {
    assert.deepEqual(failed('identifier', 1), {
      forgivenAtMs: NOW + 900_000,
      lastFailureAtMs: NOW,
      lockedUntilMs: NOW,
    });
    const cases = [
      [failed('identifier', 5), unclean, null, 0],
      [failed('identifier', 6), unclean, 'identifier', 1000],
      [failed('identifier', 40), unclean, 'identifier', 64_000],
      [failed('identifier', 40), undefined, null, 0],
      [undefined, failed('address', 30), null, 0],
      [null, failed('address', 31), 'address', 1000],
      [failed('identifier', 40), failed('address', 99), 'address', 1_024_000],
    ];
    for (const [identifier, address, heldBy, retryAfterMs] of cases) {
      const decision = holds(decideLogin(identifier, address, NOW), 'LoginDecision');
      assert.deepEqual(decision, { allowed: heldBy === null, heldBy, retryAfterMs });
      assert.equal(decideLogin(identifier, address, NOW + retryAfterMs).allowed, true);
    }
  });

  it('may be forgotten at the time that is given with them', () => {
    const { record, forgetAtMs } = loginFailed('identifier', failed('identifier', 7), NOW);
    assert.equal(forgetAtMs, record.forgivenAtMs);
    assert.deepEqual(
      loginFailed('identifier', record, forgetAtMs),
      loginFailed('identifier', undefined, forgetAtMs),
    );
    assert.equal(loginFailed('address', undefined, NOW).forgetAtMs, NOW + 86_400_000);
  });

  it('are cleared for the account by a success, and kept for the address', () => {
    assert.equal(loginSucceeded('identifier', failed('identifier', 7)), null);
    const record = failed('address', 7);
    assert.deepEqual(holds(loginSucceeded('address', record), 'LoginRecord'), record);
    assert.equal(loginSucceeded('address', undefined), null);
  });

  it('give numbers that are taken again, at any time', () => {
    for (const nowMs of [1, NOW, LAST_DATE, Number.MAX_SAFE_INTEGER]) {
      for (const stored of [0, NOW, Number.MAX_SAFE_INTEGER]) {
        const record = { forgivenAtMs: stored, lastFailureAtMs: stored, lockedUntilMs: stored };
        for (const subject of SUBJECTS) {
          const next = holds(loginFailed(subject, record, nowMs), 'FailedLogin');
          holds(loginFailed(subject, next.record, nowMs), 'FailedLogin');
          holds(decideLogin(record, next.record, nowMs), 'LoginDecision');
        }
      }
    }
  });

  it('have the two subjects that are declared', () => {
    assert.deepEqual(literalsOf('LoginSubject'), SUBJECTS);
    for (const wrong of [...NOT_OBJECTS, null, undefined, {}, 'Address', 'toString']) {
      refuses(() => loginFailed(wrong, undefined, NOW), 'invalid_argument', 'subject');
      refuses(() => loginSucceeded(wrong, undefined), 'invalid_argument', 'subject');
    }
  });

  it('refuse an invalid record, and do not start from zero', () => {
    const calls = {
      identifier: (record) => decideLogin(record, undefined, NOW),
      address: (record) => decideLogin(undefined, record, NOW),
      record: (record) => loginFailed('identifier', record, NOW),
    };
    for (const [field, call] of Object.entries(calls)) {
      for (const wrong of NOT_OBJECTS) refuses(() => call(wrong), 'invalid_argument', field);
      for (const name of Object.keys(RECORD)) {
        for (const wrong of NOT_TIMES)
          refuses(() => call({ ...RECORD, [name]: wrong }), 'invalid_time', `${field}.${name}`);
      }
    }
    refuses(() => loginSucceeded('address', {}), 'invalid_time', 'record.forgivenAtMs');
  });
});

describe('The time of a decision', () => {
  it('is a time, and not 0', () => {
    for (const wrong of [0, null, Number.NaN, -1, 0.5, 2 ** 53, Infinity, undefined, 'soon', {}]) {
      refuses(() => decideQuota(QUOTA, undefined, wrong), 'invalid_time', 'nowMs');
      refuses(() => decideLogin(undefined, undefined, wrong), 'invalid_time', 'nowMs');
      refuses(() => loginFailed('address', undefined, wrong), 'invalid_time', 'nowMs');
    }
  });
});
