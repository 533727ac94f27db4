import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { makeCore } from '../harness/core/core.mjs';
import { CASES, EVERYONE_AGO_MS, OPTIONS } from '../harness/state-machine/cases.mjs';
import { assertRow, expected } from '../harness/state-machine/expectation.mjs';
import { StoredSessions } from '../harness/state-machine/stored-sessions.mjs';
import { MODES, hasRefreshTokens } from '../harness/strapi/modes.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

/** The users that register at the same time. */
const AT_ONCE = 4;

const HOUR_MS = 60 * 60_000;

for (const mode of MODES) {
  for (const onInactive of ['mark', 'terminate'])
    describe(`The rows and the state machine (${mode}, ${onInactive})`, () =>
      compare(mode, { ...OPTIONS, onInactive }));
}

function compare(mode, config) {
  const core = makeCore(config);
  const needsRefresh = ({ act }) => ['refresh', 'replay'].includes(act);
  const isPossible = (one) => hasRefreshTokens(mode) || !needsRefresh(one);
  const cases = Object.fromEntries(
    Object.entries(CASES).map(([name, all]) => [
      name,
      all.filter(isPossible).map((one) => ({ ...one })),
    ]),
  );
  const all = Object.values(cases).flat();
  let server;
  let stored;
  let sentinels;

  before(async () => {
    server = await TestServer.start({ mode, config });
    await server.admin.register();
    stored = new StoredSessions(server);
    await stored.holdCleanUp();
    sentinels = [await stored.begin(), await stored.begin()];
    // Strapi writes all it has to before the rows are changed behind its back.
    for (let from = 0; from < all.length; from += AT_ONCE)
      await Promise.all(all.slice(from, from + AT_ONCE).map(begin));
    for (const one of all) makePast(one);
    for (const sentinel of sentinels) age(sentinel, { loggedInAgo: 0, lastSeenAgo: HOUR_MS });
    // Nothing that the server has in memory is older than the rows.
    await server.restart();
    await server.admin.login();
    await raiseInstants([...cases.request, ...cases.sweep]);
    await run(cases.request, 'request');
    await run(cases.sweep, 'sweep');
    await stored.holdCleanUp();
    await stored.service('terminateBefore', 'everyone', Date.now() - EVERYONE_AGO_MS, 'logout_all');
    await raiseInstants(cases.everyone);
    await run(
      cases.everyone.filter(({ act }) => act === 'request'),
      'request',
    );
    await run(
      cases.everyone.filter(({ act }) => act === 'sweep'),
      'sweep',
    );
    for (const one of all) if (!needsRefresh(one)) await askAgain(one);
  });
  after(async () => {
    core.free();
    await server.dispose();
  });

  /** Begins the session of a case by a real login, with what the server has to do to it. */
  async function begin(one) {
    const { act, missed, session } = one;
    one.login = await stored.begin();
    one.presented = one.login.refreshToken;
    if (act === 'replay') {
      const { jwt } = await server.users.refresh(one.presented);
      assertStatus(await server.users.me(jwt), 200);
    }
    const { user, sessionId } = one.login;
    if (missed) {
      await stored.service('terminateAll', user.id, missed);
      one.login = await stored.logIn(user);
    }
    if (session?.state === 'terminated')
      await stored.service('terminate', sessionId, session.reason);
  }

  /** Gives the session of a case the state and the ages that it says. */
  function makePast({ session, missed, login }) {
    if (session === null) return stored.remove(login);
    age(login, session);
    if (session.state === 'inactive') stored.change(login.sessionId, { state: 'inactive' });
    // Its login did not know of the revocation.
    if (missed) stored.change(login.sessionId, { known_revocation: 0 });
  }

  /** Raises the instants of the users of some cases. No session is read between two of them. */
  async function raiseInstants(some) {
    const rows = stored.rows();
    for (const { login, instants = [] } of some) {
      const loggedInAtMs = Number(rows.get(login.sessionId)?.logged_in_at_ms);
      for (const { ago, afterLoginMs, reason } of instants) {
        const atMs = afterLoginMs === undefined ? Date.now() - ago : loggedInAtMs + afterLoginMs;
        await stored.service('terminateBefore', login.user.id, atMs, reason);
      }
    }
  }

  function age({ sessionId }, { loggedInAgo, lastSeenAgo, terminatedAgo }) {
    const now = Date.now();
    const ended = terminatedAgo === undefined ? {} : { terminated_at_ms: now - terminatedAgo };
    const times = { logged_in_at_ms: now - loggedInAgo, last_seen_at_ms: now - lastSeenAgo };
    stored.change(sessionId, { ...times, ...ended });
  }

  /** Does what some cases are about, and reads their rows before and after it. */
  async function run(some, act) {
    const rowsBefore = stored.rows();
    const startMs = Date.now();
    if (act === 'sweep') {
      stored.letCleanUp();
      await server.admin.cleanUp();
    } else {
      for (const one of some) one.answer = await send(one);
      await stored.settle(sentinels.shift());
    }
    const bounds = { startMs, endMs: Date.now() };
    const rowsAfter = stored.rows();
    for (const one of some) {
      const { sessionId, user } = one.login;
      const family = stored.familyOf(user);
      Object.assign(one, { before: rowsBefore.get(sessionId), after: rowsAfter.get(sessionId) });
      Object.assign(one, { bounds, family });
    }
  }

  function send({ act, login, presented, reason }) {
    if (act === 'request') return server.users.me(login.jwt);
    if (act === 'terminate') return stored.service('terminate', login.sessionId, reason);
    return server.users.tryRefresh(act === 'refresh' ? login.refreshToken : presented);
  }

  /** Sends a request of a session that should be terminated by now, and a refresh. */
  async function askAgain(one) {
    one.next = await server.users.me(one.login.jwt);
    if (hasRefreshTokens(mode))
      one.nextRefresh = await server.users.tryRefresh(one.login.refreshToken);
  }

  function expectedOf({ events, before: row, bounds: { startMs: now } }) {
    const session = row && { loggedInAtMs: Number(row.logged_in_at_ms) };
    const list = typeof events === 'function' ? events({ now, session }) : events;
    return expected(core, list, row, now);
  }

  for (const one of all) {
    it(one.name, () => {
      assert.equal(one.before?.state, one.session?.state);
      const wanted = expectedOf(one);
      assertRow(wanted, one.before, one.after, one.bounds);
      if (one.act === 'request' || needsRefresh(one)) assertAnswer(one, wanted.denial);
      if (hasRefreshTokens(mode)) assertFamily(one, wanted);
      if (wanted.session?.state !== 'terminated' || one.next === undefined) return;
      assertRefused(one.next, wanted.session.reason);
      if (one.nextRefresh) assertRefused(one.nextRefresh, wanted.session.reason);
    });
  }

  function assertAnswer({ act, answer }, denial) {
    if (denial === null) assertStatus(answer, 200);
    // Strapi itself refuses a refresh token that it does not know, and gives no reason.
    else if (denial === 'unknown' && act !== 'request') assertStatus(answer, 401);
    else assertRefused(answer, denial);
  }

  /** The refresh tokens of a terminated session are gone from Strapi's own table. */
  function assertFamily({ family, session }, { effects, session: left }) {
    const isRevoked = effects.some(({ type }) => type === 'revokeRefreshFamily');
    if (isRevoked || left === null || session.state === 'terminated') assert.equal(family, 0);
    else assert.ok(family > 0, 'the refresh tokens are gone');
  }

  it('none, loggedIn', async () => {
    const startMs = Date.now();
    const login = await stored.begin();
    const row = stored.rows().get(login.sessionId);
    const { session, effects } = expected(core, [{ type: 'loggedIn' }], undefined, startMs);
    assert.deepEqual(effects, [{ type: 'create' }]);
    assert.deepEqual([row.state, row.reason, row.terminated_at_ms], [session.state, null, null]);
    assert.equal(row.last_seen_at_ms, row.logged_in_at_ms);
    const atMs = Number(row.logged_in_at_ms);
    assert.ok(atMs >= startMs && atMs <= Date.now(), String(atMs));
  });
}
