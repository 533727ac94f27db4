import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decideQuota,
  forecastLogins,
  loginOrigin,
  makeCore,
  parseSettings,
  placesKnownSinceMs,
  thrown,
} from '../harness/core/core.mjs';
import { departures, literalsOf } from '../harness/core/types.mjs';

const NOW = 1_700_000_000_000;
const QUOTA = { limit: 3, windowMs: 1000, burst: 2 };
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

describe('loginOrigin', () => {
  it('is the first place at which the user is known', () => {
    assert.equal(loginOrigin(['browser', 'network'], ['home', 'network']), 'known:network');
    assert.equal(loginOrigin(['browser', 'network'], ['network', 'browser']), 'known:browser');
    assert.equal(loginOrigin(['browser'], []), 'unknown');
  });

  it('refuses what is no list of texts, and a list with gaps', () => {
    const withMore = Object.assign(['browser'], { more: 'network' });
    for (const wrong of [null, 'browser', [1], [, 'browser'], new Array(2), withMore]) {
      refuses(() => loginOrigin(wrong, []), 'invalid_argument', 'places');
      refuses(() => loginOrigin([], wrong), 'invalid_argument', 'known');
    }
  });
});

describe('placesKnownSinceMs', () => {
  it('is 90 days ago', () => {
    assert.equal(placesKnownSinceMs(NOW), NOW - 90 * 24 * 60 * 60_000);
    assert.equal(placesKnownSinceMs(1), 0);
    for (const wrong of NOT_TIMES)
      refuses(() => placesKnownSinceMs(wrong), 'invalid_time', 'nowMs');
  });
});

describe('decideQuota', () => {
  const ask = (tat, nowMs) => holds(decideQuota(QUOTA, tat, 1, nowMs), 'QuotaDecision');

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
      const { allowed, tat } = decideQuota(QUOTA, kept && JSON.parse(kept), 1, nowMs);
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
            const { tat } = holds(decideQuota(quota, { atMs, ticks }, 1, nowMs), 'QuotaDecision');
            holds(decideQuota(quota, tat, 1, nowMs), 'QuotaDecision');
            assert.ok(tat.ticks < quota.limit);
          }
        }
      }
    }
  });

  it('refuses a quota that is none', () => {
    for (const wrong of [...NOT_OBJECTS, null, undefined, UNREADABLE])
      refuses(() => decideQuota(wrong, undefined, 1, NOW), 'invalid_argument', 'quota');
    const above = { limit: 1_000_001, windowMs: 31_536_000_001, burst: 10_001 };
    for (const [name, tooMuch] of Object.entries(above)) {
      for (const wrong of [...NOT_TIMES, 0, -0, tooMuch]) {
        const quota = { ...QUOTA, [name]: wrong };
        refuses(() => decideQuota(quota, undefined, 1, NOW), 'invalid_argument', `quota.${name}`);
      }
    }
    const { message } = thrown(() => decideQuota({ ...QUOTA, burst: 0 }, undefined, 1, NOW));
    assert.equal(message, 'quota.burst takes a whole number from 1 to 10000');
  });

  it('refuses an invalid stored value, and does not start from zero', () => {
    for (const wrong of NOT_OBJECTS)
      refuses(() => decideQuota(QUOTA, wrong, 1, NOW), 'invalid_argument', 'tat');
    for (const wrong of NOT_TIMES) {
      const [time, ticks] = [
        { atMs: wrong, ticks: 0 },
        { atMs: NOW, ticks: wrong },
      ];
      refuses(() => decideQuota(QUOTA, time, 1, NOW), 'invalid_time', 'tat.atMs');
      refuses(() => decideQuota(QUOTA, ticks, 1, NOW), 'invalid_argument', 'tat.ticks');
    }
  });

  it('leaves the prototype out of it', () => {
    const inherited = Object.create(QUOTA);
    refuses(() => decideQuota(inherited, undefined, 1, NOW), 'invalid_argument', 'quota.limit');
  });
});

/** The last time of JavaScript, which stands for a lock that only a reset ends. */
const UNTIL_RESET = 8_640_000_000_000_000;

describe('decideQuota for several instances', () => {
  it('shares what is allowed at once, and never locks anybody out who has used nothing', () => {
    const quota = { limit: 60, windowMs: 60_000, burst: 60 };
    for (const shares of [1, 2, 59, 60, 61, 525_601, Number.MAX_SAFE_INTEGER]) {
      const { allowed, remaining } = decideQuota(quota, undefined, shares, NOW);
      assert.deepEqual([allowed, remaining], [true, Math.max(1, Math.floor(60 / shares)) - 1]);
    }
    for (const wrong of [...NOT_TIMES, 0])
      refuses(() => decideQuota(quota, undefined, wrong, NOW), 'invalid_argument', 'shares');
  });
});

describe('The failed logins of an account', () => {
  const core = makeCore();
  const decide = (record, origin = 'unknown', concurrent = false) =>
    holds(core.decideLogin(record, origin, concurrent, NOW), 'LoginDecision');
  const settle = (record, origin, reserved, outcome) => {
    const next = core.settleLogin(record, origin, reserved, outcome, NOW);
    return next && holds(next, 'StoredLogin');
  };

  /** Returns the record after so many failures at one moment. */
  function failed(times, origin) {
    let record = null;
    for (let time = 0; time < times; time += 1) record = decide(record, origin, true).store.record;
    return record;
  }

  it('are reserved before the password is compared, and held after ten at unknown places', () => {
    const record = failed(10);
    const refusal = decide(record);
    assert.deepEqual(
      [refusal.allowed, refusal.retryAfterMs, refusal.locks],
      [false, 960_000, true],
    );
    assert.equal(refusal.store.lockedUntilMs, NOW + 960_000);
    assert.deepEqual(decide(refusal.store.record), { ...refusal, locks: false, store: null });
  });

  it('do not hold a known place, which stores nothing before its first failure', () => {
    const first = { allowed: true, retryAfterMs: 0, locks: false, store: null };
    assert.deepEqual(decide(null, 'known:home'), first);
    assert.equal(decide(failed(10), 'known:home').allowed, true);
    assert.equal(decide(failed(10, 'known:home'), 'known:home').retryAfterMs, 60_000);
    assert.equal(decide(failed(10, 'known:home'), 'known:office').allowed, true);
    assert.equal(decide(failed(10, 'session:one'), 'session:one').allowed, false);
  });

  it('are given back by what was none, and cleared by a success', () => {
    const record = failed(1);
    assert.equal(settle(record, 'unknown', true, 'failed'), null);
    assert.equal(settle(record, 'unknown', true, 'undecided').record, 'c0,0,0');
    assert.match(settle(failed(3), 'known:home', false, 'succeeded').record, /^c0,0,0 u/);
    assert.match(settle(failed(3), 'unknown', false, 'renewed').record, /^c0,0,0 u/);
    assert.equal(settle(null, 'known:home', false, 'succeeded'), null);
    assert.match(settle(null, 'known:home', false, 'failed').record, /^c0,1,0 known:home,1,/);
  });

  it('in a row end in a lock that only a reset ends', () => {
    const strict = makeCore({ failedLogins: { maxConsecutive: 40, perAccount: 1000 } });
    let record = null;
    for (let time = 0; time < 20; time += 1)
      record = strict.decideLogin(record, 'unknown', false, NOW).store.record;
    const refusal = strict.decideLogin(record, 'unknown', false, NOW);
    assert.deepEqual([refusal.allowed, refusal.store.lockedUntilMs], [false, UNTIL_RESET]);
    assert.equal(strict.decideLogin(record, 'known:home', false, NOW).allowed, true);
  });

  it('refuse an invalid argument, and do not start from zero', () => {
    for (const wrong of [
      ...NOT_OBJECTS,
      {},
      'c1',
      'c1,2',
      'x',
      ' ',
      'c0,0,0  u1,1,1',
      'c0,0,0 u1,1',
    ])
      refuses(() => decide(wrong), 'invalid_argument', 'record');
    for (const wrong of [
      '',
      'known',
      'known:',
      'session',
      'unknown x',
      'known:a b',
      'known:a,b',
      0,
      null,
    ])
      refuses(() => decide(null, wrong), 'invalid_argument', 'origin');
    for (const wrong of ['', 'Failed', 0, null, undefined])
      refuses(() => settle(null, 'unknown', false, wrong), 'invalid_argument', 'outcome');
    refuses(() => decide(null, 'unknown', 'yes'), 'invalid_argument', 'concurrent');
    assert.deepEqual(literalsOf('LoginOutcome'), ['succeeded', 'failed', 'undecided', 'renewed']);
  });
});

describe('The failed logins of networks and names', () => {
  const core = makeCore();
  const count = (states, how = 'take', shares = 1, nowMs = NOW) =>
    holds(core.countFailure(states, how, shares, nowMs), 'FailureDecision');

  it('are taken from every one or from none', () => {
    let states = ['client', 'name'];
    let taken = 0;
    for (;;) {
      const { allowed, allowances, retryAfterMs, locks } = count(states);
      if (!allowed) {
        assert.deepEqual([retryAfterMs, locks], [960_000, true]);
        assert.equal(allowances[0].text, states[0].slice('client '.length));
        break;
      }
      states = ['client', 'name'].map((name, place) => `${name} ${allowances[place].text}`);
      taken += 1;
    }
    assert.equal(taken, 10);
  });

  it('are given back, and counted after the fact', () => {
    const [{ text }] = count(['client']).allowances;
    assert.deepEqual(count([`client ${text}`], 'give-back').allowances, [null]);
    let state = 'client';
    for (let time = 0; time < 40; time += 1)
      state = `client ${count([state], 'force').allowances[0].text}`;
    assert.equal(count([state]).allowed, false);
  });

  it('are shared by instances that count apart, and lock nobody out who has not failed', () => {
    for (const shares of [1, 32, 40, 525_601])
      assert.equal(count(['client', 'name'], 'take', shares).allowed, true);
  });

  it('refuse an invalid argument', () => {
    for (const wrong of [
      ...NOT_OBJECTS.filter((value) => !Array.isArray(value)),
      {},
      ['address'],
      ['client x'],
      [0],
    ])
      refuses(() => count(wrong), 'invalid_argument', 'states');
    refuses(() => count(['client'], 'TAKE'), 'invalid_argument', 'how');
    refuses(() => count(['client'], 'take', 0), 'invalid_argument', 'shares');
  });
});

describe('The client of a request', () => {
  const core = makeCore({ failedLogins: { trustedNetworks: '10.0.0.0/8, 2001:db8:f::/48' } });
  const of = (peer, forwardedFor = '') => holds(core.clientOf(peer, forwardedFor), 'Client');

  it('has one address in every spelling, a place, and networks', () => {
    for (const spelling of [
      '203.0.113.7',
      '203.0.113.7:4711',
      '::ffff:203.0.113.7',
      '[::ffff:203.0.113.7]:1',
    ])
      assert.deepEqual(of(spelling), {
        address: '203.0.113.7',
        isTrusted: false,
        place: '203.0.113.0/24',
        networks: [{ subject: 'client', network: '203.0.113.7' }],
      });
    assert.deepEqual(of('2001:DB8::1%eth0').networks, [
      { subject: 'client', network: '2001:db8::/64' },
      { subject: 'household', network: '2001:db8::/56' },
      { subject: 'site', network: '2001:db8::/48' },
    ]);
  });

  it('is told by a trusted network alone', () => {
    assert.equal(of('10.1.1.1', '198.51.100.1:80').address, '198.51.100.1');
    assert.equal(of('203.0.113.7', '198.51.100.1').address, '203.0.113.7');
    assert.deepEqual(of('10.1.1.1'), {
      address: '10.1.1.1',
      isTrusted: true,
      place: null,
      networks: [],
    });
  });

  it('without an address is counted with all others that have none', () => {
    for (const none of ['', 'unknown', '1.2.3', '203.0.113.7\n'.repeat(2)])
      assert.deepEqual(of(none), {
        address: null,
        isTrusted: false,
        place: null,
        networks: [{ subject: 'client', network: 'unknown' }],
      });
  });
});

describe('The forecast of failed logins', () => {
  it('says what the settings mean', () => {
    const forecast = holds(forecastLogins(parseSettings({})), 'LoginForecast');
    assert.deepEqual(forecast, {
      networks: [1, 100, 30_000],
      guesses: [99, 99, 99],
      typos: [1, 5, 10],
      waitsAtKnownPlaceMs: [0, 0, 60_000],
      waitsAtUnknownPlaceMs: [0, 0, 960_000],
    });
    const lax = forecastLogins(
      parseSettings({ failedLogins: { perAccount: 1000, perAddress: 10, maxConsecutive: 1000 } }),
    );
    assert.ok(lax.guesses[0] <= 10 && lax.guesses[1] > 500, String(lax.guesses));
  });
});

describe('The time of a decision', () => {
  it('is a time, and not 0', () => {
    const core = makeCore();
    for (const wrong of [0, null, Number.NaN, -1, 0.5, 2 ** 53, Infinity, undefined, 'soon', {}]) {
      refuses(() => decideQuota(QUOTA, undefined, 1, wrong), 'invalid_time', 'nowMs');
      refuses(() => core.decideLogin(null, 'unknown', false, wrong), 'invalid_time', 'nowMs');
      refuses(
        () => core.settleLogin(null, 'unknown', false, 'failed', wrong),
        'invalid_time',
        'nowMs',
      );
      refuses(() => core.countFailure(['client'], 'take', 1, wrong), 'invalid_time', 'nowMs');
    }
  });
});
