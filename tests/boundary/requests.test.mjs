import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Verdict, makeCore, thrown } from '../harness/core/core.mjs';

const { Allow, Touch, Reactivated, Expired, Terminated, Idle, Revoked } = Verdict;
const [ACTIVE, INACTIVE, TERMINATED] = [0, 1, 2];
const STATES = ['active', 'inactive', 'terminated'];
const NOW = 1_700_000_000_000;
const SECOND = 1000;
const OPTIONS = { lastSeenRateLimit: 30_000, absoluteTimeout: 3_600_000 };

const REFUSALS = { expired: Expired, idle: Idle, password_changed: Revoked };

/** Names the flags that a transition amounts to. */
function flagsOf({ session, effects }) {
  const has = (type) => effects.some((effect) => effect.type === type);
  if (has('deny')) return has('notify') ? REFUSALS[session.reason] : Terminated;
  assert.equal(session.state, 'active');
  return Allow | (has('touch') ? Touch : 0) | (has('reactivate') ? Reactivated : 0);
}

describe('checkRequest', () => {
  const core = makeCore(OPTIONS);
  const check = (state, loggedIn, touched, now = NOW) =>
    core.checkRequest(state, loggedIn, touched, touched, 0, now);

  it('allows, and touches exactly when the rate limit lets it', () => {
    assert.equal(check(ACTIVE, NOW - 60 * SECOND, NOW - 29_999), Allow);
    assert.equal(check(ACTIVE, NOW - 60 * SECOND, NOW - 30_000), Allow | Touch);
  });

  it('brings an inactive session back, and always writes that down', () => {
    assert.equal(check(INACTIVE, NOW - 60 * SECOND, NOW), Allow | Touch | Reactivated);
  });

  it('expires a session at the absolute timeout, to the millisecond', () => {
    assert.equal(check(ACTIVE, NOW - 3_599_999, NOW), Allow);
    assert.equal(check(ACTIVE, NOW - 3_600_000, NOW), Expired);
    assert.equal(check(INACTIVE, NOW - 3_600_000, NOW), Expired);
  });

  it('lets nobody into a terminated session', () => {
    assert.equal(check(TERMINATED, NOW, NOW), Terminated);
    assert.equal(check(TERMINATED, NOW - 3_600_000, NOW), Terminated);
  });

  it('refuses an idle session where idleness terminates it, to the millisecond', () => {
    const options = { ...OPTIONS, inactivityTimeout: 60_000 };
    const idleAfter = 60_000 + 6000 + 4000;
    const seen = (onInactive, agoMs) =>
      makeCore({ ...options, onInactive }).checkRequest(0, NOW - 90_000, NOW - agoMs, NOW, 0, NOW);
    assert.equal(seen('terminate', idleAfter - 1), Allow);
    assert.equal(seen('terminate', idleAfter), Idle);
    assert.equal(seen('mark', idleAfter), Allow);
  });

  it('refuses a session that began before the not-before instant', () => {
    const began = (loggedIn, notBefore) =>
      core.checkRequest(ACTIVE, loggedIn, NOW, NOW, notBefore, NOW);
    assert.equal(began(NOW - 2, NOW - 1), Revoked);
    assert.equal(began(NOW - 1, NOW - 1), Allow);
    assert.equal(began(NOW - 2, 0), Allow);
    assert.equal(core.checkRequest(TERMINATED, 1, 1, 1, NOW, NOW), Terminated);
  });

  it('neither expires nor touches when the clock has stepped back', () => {
    for (const back of [1, 3_600_000]) {
      assert.equal(check(ACTIVE, NOW, NOW, NOW - back), Allow);
      assert.equal(
        makeCore({ ...OPTIONS, lastSeenRateLimit: 0 }).checkRequest(
          0,
          NOW,
          NOW,
          NOW,
          0,
          NOW - back,
        ),
        Allow,
      );
    }
  });

  it('expires a login further ahead than the absolute timeout, which no right clock can have told', () => {
    for (const back of [3_600_001, NOW - 1])
      assert.equal(check(ACTIVE, NOW, NOW, NOW - back), Expired);
  });

  it('throws for times that are none, in any place', () => {
    const numbers = [Number.NaN, -1, Infinity, -Infinity, 0.5, 2 ** 53];
    const others = [
      undefined,
      null,
      true,
      'soon',
      '',
      `${NOW}`,
      {},
      [NOW],
      1n,
      Symbol('s'),
      new Date(NOW),
    ];
    const wrong = [...numbers, ...others, { valueOf: () => NOW }];
    const names = ['loggedInAtMs', 'lastSeenAtMs', 'lastTouchedAtMs', 'notBeforeMs', 'nowMs'];
    for (const [index, name] of names.entries()) {
      for (const value of wrong) {
        const times = [NOW, NOW, NOW, 0, NOW];
        times[index] = value;
        const error = thrown(() => core.checkRequest(ACTIVE, ...times));
        assert.deepEqual([error.code, error.field], ['invalid_time', name]);
      }
    }
    const atZero = thrown(() => core.checkRequest(ACTIVE, NOW, NOW, NOW, 0, null));
    assert.equal(atZero.code, 'invalid_time');
  });

  it('throws for a state that is none, rather than taking it for active', () => {
    for (const state of [-1, 3, 0.5, Number.NaN, null, undefined, '0', false, {}, Symbol('s')])
      assert.equal(thrown(() => check(state, NOW, NOW)).field, 'state');
  });

  it('agrees with transition on random input', () => {
    let seed = 1;
    const random = (limit) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % limit;
    };
    const idling = makeCore({ ...OPTIONS, inactivityTimeout: 40_000, onInactive: 'terminate' });
    const met = new Set();
    for (let round = 0; round < 6000; round += 1) {
      const judge = round % 2 ? core : idling;
      const state = random(3);
      const [loggedInAtMs, lastTouchedAtMs] = [NOW - random(4_000_000), NOW - random(70_000)];
      const lastSeenAtMs = lastTouchedAtMs + random(10_000);
      const atMs = random(4) ? 0 : NOW - random(4_000_000);
      const now = NOW - random(10_000);
      const end = STATES[state] === 'terminated' ? { terminatedAtMs: NOW, reason: 'admin' } : null;
      const session = {
        state: STATES[state],
        loggedInAtMs,
        lastSeenAtMs,
        lastTouchedAtMs,
        terminatedAtMs: null,
        reason: null,
        ...end,
      };
      const times = [loggedInAtMs, lastSeenAtMs, lastTouchedAtMs, atMs, now];
      const flags = judge.checkRequest(state, ...times);
      const event = { type: 'requestSeen', notBefore: { atMs, reason: 'password_changed' } };
      assert.equal(flags, flagsOf(judge.transition(session, event, now)));
      met.add(flags);
    }
    for (const flag of [Allow, Allow | Touch, Expired, Terminated, Idle, Revoked])
      assert.ok(met.has(flag), `never met ${flag}`);
  });
});

describe('transition', () => {
  const core = makeCore(OPTIONS);
  const start = core.transition(undefined, { type: 'loggedIn' }, NOW).session;

  it('creates, touches, terminates and then only denies', () => {
    assert.deepEqual(start, {
      state: 'active',
      loggedInAtMs: NOW,
      lastSeenAtMs: NOW,
      lastTouchedAtMs: NOW,
      terminatedAtMs: null,
      reason: null,
    });
    const seen = core.transition(start, { type: 'requestSeen' }, NOW + 30_000);
    assert.deepEqual(seen.effects, [{ type: 'touch' }]);
    const end = core.transition(
      seen.session,
      { type: 'terminateRequested', reason: 'admin' },
      NOW + 40_000,
    );
    assert.deepEqual(end.effects, [
      { type: 'revokeRefreshFamily' },
      { type: 'notify', reason: 'admin' },
    ]);
    for (const event of [
      { type: 'requestSeen' },
      { type: 'loggedIn' },
      { type: 'terminateRequested', reason: 'logout' },
    ]) {
      const after = core.transition(end.session, event, NOW + 50_000);
      assert.deepEqual(after.session, end.session);
      assert.deepEqual(after.effects, [{ type: 'deny', reason: 'admin' }]);
    }
  });

  it('denies what is said of a session that does not exist', () => {
    for (const none of [undefined, null])
      assert.deepEqual(core.transition(none, { type: 'requestSeen' }, NOW), {
        session: null,
        effects: [{ type: 'deny', reason: 'unknown' }],
      });
  });

  it('names the field that is wrong', () => {
    const event = { type: 'requestSeen' };
    const ended = { ...start, state: 'terminated', terminatedAtMs: NOW, reason: 'admin' };
    const cases = [
      ['session', 'active', event],
      ['session', [start], event],
      ['session.state', { ...start, state: 'dead' }, event],
      ['session.state', { ...start, state: 0 }, event],
      ['session.loggedInAtMs', { ...start, loggedInAtMs: '1' }, event],
      ['session.lastSeenAtMs', { ...start, lastSeenAtMs: null }, event],
      ['session.lastTouchedAtMs', { ...start, lastTouchedAtMs: -1 }, event],
      ['session.terminatedAtMs', { ...ended, terminatedAtMs: null }, event],
      ['session.reason', { ...ended, reason: 'boredom' }, event],
      ['session.reason', { ...start, reason: 'admin' }, event],
      ['event', start, null],
      ['event', start, 'requestSeen'],
      ['event.type', start, { type: 'toString' }],
      ['event.type', start, Object.create({ type: 'requestSeen' })],
      ['event.reason', start, { type: 'terminateRequested' }],
      ['event.reason', start, { type: 'terminateRequested', reason: 'unknown' }],
      ['event.notBefore', start, { ...event, notBefore: NOW }],
      ['event.notBefore.atMs', start, { ...event, notBefore: { reason: 'admin' } }],
      ['event.notBefore.reason', start, { ...event, notBefore: { atMs: NOW } }],
    ];
    for (const [field, session, wrong] of cases)
      assert.equal(thrown(() => core.transition(session, wrong, NOW)).field, field);
  });
});

const REVOKED = { by: 'revocation', fromMs: null, untilMs: null, reason: null };

describe('sweepPlan', () => {
  const options = {
    ...OPTIONS,
    inactivityTimeout: 60_000,
    terminatedRetentionDays: 1,
    journalRetentionDays: 2,
  };
  // A quarter of the timeout between two writes, and four seconds until each is known.
  const idleAfter = 60_000 + 15_000 + 4000;

  it('gives the inclusive cut-offs, and null where nothing can have crossed one', () => {
    const core = makeCore(options);
    assert.deepEqual(core.sweepPlan(NOW), {
      terminations: [
        REVOKED,
        { by: 'loggedInAtMs', fromMs: null, untilMs: NOW - 3_600_000, reason: 'expired' },
        { by: 'loggedInAtMs', fromMs: NOW + 3_600_001, untilMs: null, reason: 'expired' },
        { by: 'expiresAtMs', fromMs: null, untilMs: NOW, reason: 'expired' },
      ],
      knownRevocationsBeforeMs: NOW - 3_600_000,
      idleBeforeMs: NOW - idleAfter,
      runOutBeforeMs: NOW,
      purgeBeforeMs: NOW - 86_400_000,
      journalBeforeMs: NOW - 2 * 86_400_000,
      settingsJournalBeforeMs: NOW - 30 * 86_400_000,
      marksBeforeMs: NOW - 86_400_000,
    });
    assert.deepEqual(core.sweepPlan(idleAfter), {
      terminations: [
        REVOKED,
        { by: 'loggedInAtMs', fromMs: idleAfter + 3_600_001, untilMs: null, reason: 'expired' },
        { by: 'expiresAtMs', fromMs: null, untilMs: idleAfter, reason: 'expired' },
      ],
      knownRevocationsBeforeMs: null,
      idleBeforeMs: 0,
      runOutBeforeMs: idleAfter,
      purgeBeforeMs: null,
      journalBeforeMs: null,
      settingsJournalBeforeMs: null,
      marksBeforeMs: null,
    });
    assert.equal(makeCore({ terminatedRetentionDays: -1 }).sweepPlan(NOW).purgeBeforeMs, null);
    const forever = makeCore({ journalRetentionDays: -1 }).sweepPlan(NOW);
    assert.deepEqual([forever.journalBeforeMs, forever.settingsJournalBeforeMs], [null, null]);
  });

  it('terminates idle sessions where idleness terminates them', () => {
    const plan = makeCore({ ...options, onInactive: 'terminate' }).sweepPlan(NOW);
    assert.equal(plan.idleBeforeMs, null);
    // A tenth of the timeout between two writes, and four seconds.
    const untilMs = NOW - (60_000 + 6000 + 4000);
    const idle = { by: 'lastSeenAtMs', fromMs: null, untilMs, reason: 'idle' };
    assert.deepEqual(plan.terminations.at(-1), idle);
  });
});

describe('touchPeriodMs', () => {
  it('is the rate limit, or a quarter of the inactivity timeout, a tenth where that terminates', () => {
    const period = (lastSeenRateLimit, inactivityTimeout, onInactive) =>
      makeCore({ lastSeenRateLimit, inactivityTimeout, onInactive }).touchPeriodMs();
    assert.equal(period(30_000, 900_000), 30_000);
    assert.equal(period(30_000, 900_000, 'terminate'), 30_000);
    assert.equal(period(900_000, 60_000), 15_000);
    assert.equal(period(900_000, 60_000, 'terminate'), 6000);
  });
});

describe('decideLimit', () => {
  const live = [3, 9, 5, 0].map((agoMs, index) => ({
    sessionId: `s${index}`,
    loggedInAtMs: NOW - agoMs,
    knownRevocation: 0,
    lastSeenAtMs: NOW,
  }));
  const decide = (options, notBeforeMs = 0, revocation = 0) =>
    makeCore(options).decideLimit(live, 's3', notBeforeMs, revocation, NOW);

  it('allows any number of sessions unless a limit is set', () => {
    assert.deepEqual(decide({}), { type: 'allow', sessionIds: [] });
    assert.deepEqual(decide({ maxSessionsPerUser: 4 }), { type: 'allow', sessionIds: [] });
  });

  it('evicts the sessions that began first, or denies the login', () => {
    const evicted = { type: 'evict', sessionIds: ['s1', 's2'] };
    assert.deepEqual(decide({ maxSessionsPerUser: 2 }), evicted);
    const denied = { type: 'deny', sessionIds: [] };
    assert.deepEqual(decide({ maxSessionsPerUser: 3, onLimit: 'deny-new' }), denied);
  });

  it('leaves out the sessions that an instant or a revocation has ended', () => {
    const options = { maxSessionsPerUser: 3, onLimit: 'deny-new' };
    assert.equal(decide(options, NOW - 9).type, 'deny');
    assert.equal(decide(options, NOW - 8).type, 'allow');
    assert.equal(decide(options, 0, 1).type, 'allow');
  });

  it('counts all sessions against a login that is none of them any more', () => {
    const core = makeCore({ maxSessionsPerUser: 4, onLimit: 'deny-new' });
    assert.equal(core.decideLimit(live, 'gone', 0, 0, NOW).type, 'deny');
  });

  it('names the field that is wrong', () => {
    const core = makeCore();
    const cases = [
      ['live', undefined],
      ['live', {}],
      ['live', ['s1']],
      ['live.sessionId', [{ ...live[0], sessionId: 1 }]],
      ['live.loggedInAtMs', [{ ...live[0], loggedInAtMs: '1' }]],
      ['live.knownRevocation', [{ ...live[0], knownRevocation: null }]],
      ['live.lastSeenAtMs', [live[0], { ...live[0], lastSeenAtMs: -1 }]],
      ['live.expiresAtMs', [{ ...live[0], expiresAtMs: 'never' }]],
    ];
    for (const [field, wrong] of cases)
      assert.equal(thrown(() => core.decideLimit(wrong, 's3', 0, 0, NOW)).field, field);
    assert.equal(thrown(() => core.decideLimit([], 3, 0, 0, NOW)).field, 'sessionId');
    assert.equal(thrown(() => core.decideLimit([], 's3', null, 0, NOW)).field, 'notBeforeMs');
    assert.equal(thrown(() => core.decideLimit([], 's3', 0, -1, NOW)).field, 'revocation');
    assert.equal(thrown(() => core.decideLimit([], 's3', 0, 0, 0)).field, 'nowMs');
  });
});

describe('decideRefresh', () => {
  const decide = (rotation, options) => makeCore(options).decideRefresh(rotation, NOW);
  const rotated = (agoMs, childUsed) => ({ rotatedAtMs: NOW - agoMs, childUsed });

  it('exchanges a token that was never exchanged', () => {
    for (const never of [undefined, null]) assert.equal(decide(never), 'rotate');
  });

  it('lets a lost response be asked for again, but not once the child was used', () => {
    assert.equal(decide(rotated(29_999, false)), 'retry');
    assert.equal(decide(rotated(30_000, false)), 'reuse');
    assert.equal(decide(rotated(0, true)), 'reuse');
    assert.equal(decide(rotated(0, false), { refreshRetryWindow: 0 }), 'reuse');
  });

  it('takes a second use for a retry only from the origin of the first use', () => {
    const used = { ...rotated(0, true), childUsedBy: 'a' };
    assert.equal(decide({ ...used, presentedBy: 'a' }), 'retry');
    for (const presentedBy of ['b', null, undefined])
      assert.equal(decide({ ...used, presentedBy }), 'reuse');
    assert.equal(decide({ ...rotated(0, true), childUsedBy: null, presentedBy: null }), 'reuse');
    assert.equal(decide({ ...used, ...rotated(30_000, true), presentedBy: 'a' }), 'reuse');
  });

  it('refuses or tolerates another second use if the option says so', () => {
    const after = (agoMs, onRefreshReuse) => decide(rotated(agoMs, true), { onRefreshReuse });
    assert.deepEqual([after(0, 'refuse'), after(30_000, 'refuse')], ['refuse', 'refuse']);
    assert.deepEqual([after(0, 'tolerate'), after(30_000, 'tolerate')], ['tolerate', 'refuse']);
  });

  it('names the field that is wrong', () => {
    const cases = [
      ['rotation', 1],
      ['rotation.childUsedBy', { rotatedAtMs: NOW, childUsed: true, childUsedBy: 1 }],
      ['rotation.presentedBy', { rotatedAtMs: NOW, childUsed: true, presentedBy: {} }],
      ['rotation.rotatedAtMs', { childUsed: false }],
      ['rotation.childUsed', { rotatedAtMs: NOW, childUsed: 0 }],
    ];
    for (const [field, wrong] of cases) assert.equal(thrown(() => decide(wrong)).field, field);
  });
});
