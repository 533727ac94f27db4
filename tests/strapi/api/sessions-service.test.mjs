import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const REASON = 'app:fraud-check/v2';

inBothModes('The service of sessions', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Calls a method of the service in the app; gives its answer. */
  const call = async (method, ...args) => {
    const body = { method, args };
    const answer = await server.request('POST', '/api/account/0/sessionsService', { body });
    assertStatus(answer, 200);
    return answer.json;
  };

  /** Registers a user who logs in once more; gives both logins, the older first. */
  async function person() {
    const { username, json } = await server.users.register();
    const logins = [json, await server.users.login(username)];
    const ids = [];
    for (const { jwt } of logins) ids.push((await server.users.currentSession(jwt)).id);
    return { user: json.user, logins, ids };
  }

  it('lists the live sessions of a user, and others if asked', async () => {
    const { user, ids } = await person();
    const listed = async (...args) =>
      (await call('list', user.id, ...args)).result.map(({ id }) => id);
    assert.deepEqual(await listed(), [...ids].reverse());
    await server.admin.terminate(ids[0]);
    assert.deepEqual(await listed(), [ids[1]]);
    assert.deepEqual(await listed({ state: 'terminated' }), [ids[0]]);
    const all = ['active', 'inactive', 'terminated'];
    assert.deepEqual(await listed({ state: all }), [...ids].reverse());
    assert.deepEqual((await call('list', 999_999)).result, []);
    const [session] = (await call('list', user.id)).result;
    assert.equal(session.method, 'password');
    assert.equal('refreshToken' in session, false);
  });

  it("terminates one session by a reason of the app's own, which is shown as it is", async () => {
    const { user, logins, ids } = await person();
    assert.deepEqual(await call('terminate', ids[0], REASON), { result: true });
    assertRefused(await server.users.me(logins[0].jwt), REASON);
    assertStatus(await server.users.me(logins[1].jwt), 200);
    if (logins[0].refreshToken)
      assertRefused(await server.users.tryRefresh(logins[0].refreshToken), REASON);
    const shown = (await server.admin.session(ids[0])).json.data;
    assert.equal(shown.reason, REASON);
    const why = shown.history.filter(({ what }) => what === 'session.terminated');
    assert.deepEqual(
      why.map((entry) => entry.why),
      [REASON],
    );
    const query = '/my-sessions?filters[state]=terminated';
    const own = await server.users.own(logins[1].jwt, 'GET', query);
    assert.deepEqual(
      own.json.data.map(({ id, reason }) => ({ id, reason })),
      [{ id: ids[0], reason: REASON }],
    );
    assert.equal((await server.admin.sessionsOf(user.id)).length, 2);
    assert.deepEqual(await call('terminate', ids[0], 'app:again'), { result: false });
    assert.equal((await server.admin.session(ids[0])).json.data.reason, REASON);
    assert.deepEqual(await call('terminate', 'f'.repeat(32), REASON), { result: false });
  });

  it('terminates all sessions of a user, or those before an instant', async () => {
    const [one, other, third] = [await person(), await person(), await person()];
    assert.deepEqual(await call('terminateAll', one.user.id, REASON), { result: 2 });
    for (const { jwt } of one.logins) assertRefused(await server.users.me(jwt), REASON);
    for (const [method, { user, logins }] of [
      ['terminateBefore', other],
      ['endBefore', third],
    ]) {
      assert.deepEqual(await call(method, user.id, Date.now(), REASON), { result: null });
      for (const { jwt } of logins) assertRefused(await server.users.me(jwt), REASON);
    }
  });

  it('tells the session of a request', async () => {
    const { user, logins, ids } = await person();
    const answer = await server.request('GET', '/api/observer/session', { bearer: logins[0].jwt });
    assert.deepEqual(answer.json, { session: { sessionId: ids[0], userId: user.id } });
    const bearer = await server.admin.apiToken(`of-${mode}`);
    const byToken = await server.request('GET', '/api/observer/session', { bearer });
    assert.deepEqual(byToken.json, { session: null });
  });

  it('answers bad arguments with stable codes', async () => {
    const id = 'f'.repeat(32);
    for (const [code, method, ...args] of [
      ...[0, -1, 1.5, '7', 'abc', null, 2 ** 53].flatMap((wrong) => [
        ['invalid_user_id', 'list', wrong],
        ['invalid_user_id', 'terminateAll', wrong, REASON],
        ['invalid_user_id', 'terminateBefore', wrong, 0, REASON],
      ]),
      ...['', 7, null, '\0'].map((wrong) => ['invalid_session_id', 'terminate', wrong, REASON]),
      ...[
        'boredom',
        'app:',
        'app:two words',
        'app:\u00e9',
        'app:a\r\nb',
        `app:${'x'.repeat(65)}`,
        null,
      ].flatMap((wrong) => [
        ['invalid_reason', 'terminate', id, wrong],
        ['invalid_reason', 'terminateAll', 1, wrong],
        ['invalid_reason', 'endBefore', 'everyone', 0, wrong],
      ]),
      ['invalid_instant', 'terminateBefore', 1, 'today', REASON],
      ['invalid_instant', 'terminateBefore', 1, null, REASON],
      ['invalid_state', 'list', 1, { state: 'asleep' }],
      ['invalid_context', 'of', null],
      ['invalid_session_id', 'continue', 7],
    ]) {
      const what = JSON.stringify([method, ...args]);
      assert.deepEqual(await call(method, ...args), { code, isRangeError: true }, what);
    }
  });
});
