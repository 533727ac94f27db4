import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as wasm from '../../pkg/magic_sessionmanager.js';
import {
  Verdict,
  describeSettings,
  makeCore,
  parseSettings,
  thrown,
} from '../harness/core/core.mjs';
import {
  departures,
  exportedNames,
  faultsOfDeclarations,
  kindsOf,
  literalsOf,
  propertiesOf,
  publicLiteralsOf,
} from '../harness/core/types.mjs';

const NOW = 1_700_000_000_000;
const LIVE = {
  state: 'active',
  loggedInAtMs: NOW - 1,
  lastSeenAtMs: NOW - 1,
  lastTouchedAtMs: NOW - 1,
  terminatedAtMs: null,
  reason: null,
};

/** Fails with the list of departures when a value is not of its declared type. */
function holds(value, typeName) {
  assert.deepEqual(departures(value, typeName), []);
}

describe('The declared types', () => {
  it('compile by themselves', () => {
    assert.deepEqual(faultsOfDeclarations(), []);
  });

  it('declare every value the module exports', () => {
    const values = Object.keys(wasm).filter((name) => name !== 'default');
    assert.deepEqual(
      values.filter((name) => !exportedNames().includes(name)),
      [],
    );
  });

  it('hold for settings', () => {
    holds(parseSettings(undefined), 'Settings');
    holds(parseSettings({ terminatedRetentionDays: null }), 'Settings');
  });

  it('hold for every description of a setting', () => {
    for (const description of describeSettings()) holds(description, 'SettingDescription');
    const described = describeSettings().map(({ name }) => name);
    const keys = ['encryptionKey', 'encryptionKeyPrevious'];
    assert.deepEqual(described, [...propertiesOf('Settings'), ...keys]);
  });

  it('hold for a sweep plan with and without cut-offs', () => {
    holds(makeCore().sweepPlan(NOW), 'SweepPlan');
    holds(makeCore({ terminatedRetentionDays: -1 }).sweepPlan(1), 'SweepPlan');
  });

  it('hold for the transition of every event in every state, and every reason', () => {
    const core = makeCore({ absoluteTimeout: 60_000 });
    const reasons = literalsOf('Reason');
    const ended = { state: 'terminated', terminatedAtMs: NOW };
    const sessions = [
      undefined,
      LIVE,
      { ...LIVE, state: 'inactive' },
      { ...LIVE, loggedInAtMs: NOW - 60_000 },
      { ...LIVE, lastSeenAtMs: NOW - 3_600_000 },
      { ...LIVE, ...ended, terminatedAtMs: 0, reason: 'admin' },
      ...reasons.map((reason) => ({ ...LIVE, ...ended, reason })),
    ];
    const events = [
      { type: 'loggedIn' },
      { type: 'requestSeen' },
      { type: 'requestSeen', notBefore: { atMs: NOW, reason: 'password_changed' } },
      { type: 'refreshed' },
      { type: 'replayed' },
      { type: 'idleElapsed' },
      { type: 'absoluteElapsed' },
      { type: 'retentionElapsed' },
      ...reasons.map((reason) => ({ type: 'terminateRequested', reason })),
    ];
    const types = [...new Set(events.map(({ type }) => type))];
    assert.deepEqual(types.sort(), kindsOf('SessionEvent').sort());
    const seen = new Set();
    for (const session of sessions) {
      for (const event of events) {
        const transition = core.transition(session, event, NOW);
        holds(transition, 'Transition');
        transition.effects.forEach(({ type }) => seen.add(type));
      }
    }
    assert.deepEqual([...seen].sort(), kindsOf('Effect').sort());
  });

  it('have the states and reasons that the types for apps have', () => {
    const sorted = (values) => [...values].sort();
    for (const [own, forApps] of [
      ['SessionState', 'SessionState'],
      ['Reason', 'BuiltInReason'],
    ])
      assert.deepEqual(sorted(literalsOf(own)), sorted(publicLiteralsOf(forApps)));
  });

  it('hold for every decision about a login', () => {
    const times = { loggedInAtMs: NOW - 1, lastSeenAtMs: NOW, expiresAtMs: null };
    const session = { sessionId: 'a', knownRevocation: 0, ...times };
    holds(session, 'LiveSession');
    const live = [session, { ...session, sessionId: 'b', loggedInAtMs: NOW }];
    const decide = (options) => makeCore(options).decideLimit(live, 'b', 0, 0, NOW);
    const decisions = [
      {},
      { maxSessionsPerUser: 1 },
      { maxSessionsPerUser: 1, onLimit: 'deny-new' },
    ];
    for (const options of decisions) holds(decide(options), 'LimitDecision');
    const types = decisions.map((options) => decide(options).type);
    assert.deepEqual(types, ['allow', 'evict', 'deny']);
  });

  it('hold for every decision about a refresh token', () => {
    const core = makeCore();
    const unused = { rotatedAtMs: NOW, childUsed: false, childUsedBy: null, presentedBy: 'a' };
    holds(unused, 'Rotation');
    const used = { ...unused, childUsed: true };
    const decisions = [
      ...[undefined, unused].map((rotation) => core.decideRefresh(rotation, NOW)),
      ...['tolerate', 'refuse', 'terminate'].map((onRefreshReuse) =>
        makeCore({ onRefreshReuse }).decideRefresh(used, NOW),
      ),
    ];
    assert.deepEqual(decisions, literalsOf('RefreshDecision'));
  });

  it('hold for errors, and a code is thrown for each that is declared', (t) => {
    const core = makeCore();
    const errors = [
      thrown(() => parseSettings({ inactivityTimeout: 'soon' })),
      thrown(() => makeCore({}, { kind: 'configured', key: 'AAAA' })),
      thrown(() => core.sweepPlan(-1)),
      thrown(() => core.fingerprint(null)),
      thrown(() => core.open('0'.repeat(32), 'accessToken', 'v1')),
    ];
    t.mock.method(globalThis.crypto, 'getRandomValues', () => {
      throw new Error('no entropy today');
    });
    errors.push(thrown(() => core.newSessionId()));
    core.setSealTotal(2 ** 32);
    errors.push(thrown(() => core.seal('0'.repeat(32), 'accessToken', 'a')));
    for (const { name, code, field } of errors) {
      assert.equal(name, 'CoreError');
      assert.ok(field === null || typeof field === 'string');
      assert.ok(literalsOf('CoreErrorCode').includes(code));
    }
    assert.deepEqual(
      errors.map(({ code }) => code),
      literalsOf('CoreErrorCode'),
    );
  });

  it('name the flags of a verdict', () => {
    const refusals = { Expired: 8, Terminated: 16, Idle: 32, Revoked: 64 };
    const flags = { Allow: 1, Touch: 2, Reactivated: 4, ...refusals };
    for (const [name, flag] of Object.entries(flags)) assert.equal(Verdict[name], flag);
  });
});
