import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { payloadOf, sign } from '../../harness/clients/jwt.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TEST_SECRETS, TestServer } from '../../harness/strapi/test-server.mjs';

const OLD_S = Math.floor(Date.now() / 1000) - 3600;

inBothModes('Refresh tokens of another plugin', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  const post = (path, body, options) => server.request('POST', path, { body, ...options });
  /** Logs a new user in with a token of the other plugin, and ends the session of the registration. */
  async function logIn(options = {}) {
    const { username, json } = await server.users.register();
    const body = { identifier: username, password: PASSWORD, requestRefresh: true, ...options };
    const answer = await post('/api/auth/local', body);
    assertStatus(answer, 200);
    const { jwt, pluginToken, user } = answer.json;
    const session = await server.users.currentSession(jwt);
    assertStatus(await server.users.own(json.jwt, 'POST', '/logout'), 200);
    const cookie = (answer.headers['set-cookie'] ?? [])[0]?.split(';')[0];
    return { username, user, jwt, pluginToken, session, cookie };
  }
  const refresh = (pluginToken, options) =>
    post('/api/auth/local/refresh', { pluginToken, ...options });
  const activeOf = async ({ id }) =>
    (await server.admin.sessionsOf(id)).filter(({ state }) => state === 'active');
  const bySamePerson = (path, { id: userId }, others = {}, options = {}) =>
    post(`/api/refresh-token${path}`, { userId, ...others }, options);
  const currentId = async (jwt) => (await server.users.currentSession(jwt)).id;

  it('continue the session of the login, also when they are exchanged again and again', async () => {
    const { user, pluginToken, session } = await logIn();
    for (let time = 0; time < 3; time += 1) {
      const answer = await refresh(pluginToken);
      assertStatus(answer, 200);
      assert.equal(await currentId(answer.json.jwt), session.id);
    }
    assert.equal((await activeOf(user)).length, 1);
  });

  it('give no token once the session is terminated, and say why', async () => {
    const { user, pluginToken } = await logIn();
    const renewed = (await refresh(pluginToken)).json.jwt;
    assertStatus(await server.admin.terminateAll(user.id), 200);
    const answer = await refresh(pluginToken);
    assertRefused(answer, 'admin');
    assert.doesNotMatch(answer.text, /eyJ/);
    assertRefused(await server.users.me(renewed), 'admin');
    assert.equal((await activeOf(user)).length, 0);
  });

  it('are found among many other texts; more than any request needs are refused', async () => {
    const { user, pluginToken } = await logIn();
    assertStatus(await server.admin.terminateAll(user.id), 200);
    const noise = Array.from({ length: 200 }, (_, n) => `${n}`.padStart(40, 'x'));
    assertRefused(await refresh(pluginToken, { noise }), 'admin');
    const flood = Array.from({ length: 1001 }, (_, n) => `${n}`.padStart(40, 'x'));
    assertRefused(await refresh(pluginToken, { noise: flood }), 'unknown');
  });

  it('follow their rotation, and the old one stays with the session, too', async () => {
    const { user, pluginToken, session } = await logIn();
    const answer = await refresh(pluginToken, { rotate: true });
    const next = answer.json.pluginToken;
    assert.notEqual(next, pluginToken);
    assert.equal(await currentId((await refresh(next)).json.jwt), session.id);
    assertStatus(await server.admin.terminate(session.id), 200);
    for (const token of [pluginToken, next]) assertRefused(await refresh(token), 'admin');
    assert.equal((await activeOf(user)).length, 0);
  });

  it('work in a cookie, which a refusal removes', async () => {
    const { user, cookie, session } = await logIn({ inCookie: true });
    const renew = () => post('/api/auth/local/refresh', {}, { headers: { cookie } });
    assert.equal(await currentId((await renew()).json.jwt), session.id);
    assertStatus(await server.admin.terminateAll(user.id), 200);
    const refused = await renew();
    assertRefused(refused, 'admin');
    assert.match(String(refused.headers['set-cookie']), /^plugin_refresh=;.*expires=/);
  });

  describe('exchanged by a middleware around a refused request', () => {
    const autoRefresh = (jwt, cookie) => server.users.me(jwt, { cookie, 'x-auto-refresh': 'true' });

    it('give no token once their session is terminated', async () => {
      const { user, jwt, cookie } = await logIn({ inCookie: true });
      assertStatus(await server.admin.terminateAll(user.id), 200);
      const answer = await autoRefresh(jwt, cookie);
      assertRefused(answer, 'admin');
      assertNoToken(answer);
    });

    it('give none that cannot be recorded', async () => {
      const { username, jwt, session } = await logIn();
      const body = {
        identifier: username,
        password: PASSWORD,
        requestRefresh: true,
        inCookie: true,
      };
      const { headers } = await post('/api/auth/local', body);
      const cookie = headers['set-cookie']
        .find((one) => one.startsWith('plugin_refresh'))
        .split(';')[0];
      assertStatus(await server.admin.terminate(session.id), 200);
      const renewed = await autoRefresh(jwt, cookie);
      assertStatus(renewed, 200);
      assertStatus(await server.users.me(renewed.json.jwt), 200);
      server.database.run('ALTER TABLE magic_sessionmanager_rotations RENAME TO rotations_away');
      try {
        const answer = await autoRefresh(jwt, cookie);
        assertStatus(answer, 503);
        assertNoToken(answer);
      } finally {
        server.database.run('ALTER TABLE rotations_away RENAME TO magic_sessionmanager_rotations');
      }
    });
  });

  it('are stored as fingerprints only', async () => {
    const { pluginToken, session } = await logIn();
    const rows = server.database.rows(
      'SELECT * FROM magic_sessionmanager_links WHERE session_id = ?',
      [session.id],
    );
    assert.equal(rows.length, 1);
    assert.ok(!JSON.stringify(rows).includes(pluginToken.split('.')[1]));
  });

  it('of a blocked user give no token', async () => {
    const { user, pluginToken } = await logIn();
    server.database.run(`UPDATE up_users SET blocked = true WHERE id = ${user.id}`);
    assertRefused(await refresh(pluginToken), 'user_blocked');
  });

  it('are told apart by their logins', async () => {
    const one = await logIn();
    const body = { identifier: one.username, password: PASSWORD, requestRefresh: true };
    const other = (await post('/api/auth/local', body)).json;
    assertStatus(await server.admin.terminate(one.session.id), 200);
    assertRefused(await refresh(one.pluginToken), 'admin');
    assertStatus(await refresh(other.pluginToken), 200);
    assert.equal((await activeOf(one.user)).length, 1);
  });

  it('link nothing of what the request brought, of entities, and of what everybody is sent', async () => {
    const { user } = await server.users.signUp();
    const [echo, known] = ['device-f3a9c0d1e2b34455667788', 'known-f3a9c0d1e2b34455667788'];
    const body = { echo, user: { id: user.id, known } };
    const code = (userId) => bySamePerson('/one-time-code', { id: userId }, body);
    const first = await code(user.id);
    await code((await server.users.signUp()).user.id);
    assertStatus(await server.admin.terminate(await currentId(first.json.jwt)), 200);
    const constant = first.json.constant;
    const again = await bySamePerson('/one-time-code', user, { ...body, constant });
    assertStatus(again, 200);
    assertStatus(await server.users.me(again.json.jwt), 200);
  });

  it('count before a text that leaves with every login of the user', async () => {
    const { user } = await server.users.signUp();
    const [one, other] = [
      (await bySamePerson('/one-time-code', user)).json,
      (await bySamePerson('/one-time-code', user)).json,
    ];
    const { userKey } = one;
    assert.equal(other.userKey, userKey);
    const ids = [await currentId(one.jwt), await currentId(other.jwt)];
    const renewed = (await refresh(one.pluginToken, { userKey })).json.jwt;
    assert.equal(await currentId(renewed), ids[0]);
    assertStatus(await server.admin.terminate(ids[0]), 200);
    assertRefused(await refresh(one.pluginToken, { userKey }), 'admin');
    assertStatus(await refresh(other.pluginToken, { userKey }), 200);
    // Without anything else it stands for the newest login.
    assertStatus(await server.admin.terminate(ids[1]), 200);
    assertRefused(await bySamePerson('/one-time-code', user, { userKey }), 'admin');
  });

  describe('A request with an old token', () => {
    it('continues its session, also after the token has expired', async () => {
      const { user, jwt, session } = await logIn();
      const claims = { ...payloadOf(jwt), iat: OLD_S - 60, exp: OLD_S };
      const expired = sign(claims, TEST_SECRETS.JWT_SECRET);
      for (const bearer of [jwt, expired]) {
        const answer = await bySamePerson('/by-bearer', user, {}, { bearer });
        assertStatus(answer, 200);
        assert.equal(await currentId(answer.json.jwt), session.id);
      }
      assertStatus(await server.admin.terminate(session.id), 200);
      for (const bearer of [jwt, expired]) {
        assertRefused(await bySamePerson('/by-bearer', user, {}, { bearer }), 'admin');
      }
    });

    it('begins a session for another user, and by a forged token', async () => {
      const { user, jwt, session } = await logIn();
      const other = (await server.users.signUp()).user;
      const byOther = await bySamePerson('/one-time-code', other, {}, { bearer: jwt });
      assert.notEqual(await currentId(byOther.json.jwt), session.id);
      const forged = sign(payloadOf(jwt), 'another secret');
      const own = await bySamePerson('/one-time-code', user, {}, { bearer: forged });
      assert.notEqual(await currentId(own.json.jwt), session.id);
    });

    it('begins a session by a password, and by a magic link', async () => {
      const { username, user, jwt, pluginToken, session } = await logIn();
      const magicLink = () =>
        server.request('GET', `/api/magic-link/login/${user.id}`, { bearer: jwt });
      const live = (await magicLink()).json;
      assert.notEqual(await currentId(live.jwt), session.id);
      assertStatus(await server.admin.terminate(session.id), 200);
      const headers = { cookie: `plugin_refresh=${pluginToken}` };
      const byPassword = await server.users.login(username, { headers });
      for (const { jwt: fresh } of [byPassword, (await magicLink()).json]) {
        assert.notEqual(await currentId(fresh), session.id);
      }
    });
  });

  describe('continue()', () => {
    it('names the session of a token, by the claim of any of its tokens', async () => {
      const { user, jwt, session } = await logIn();
      const claimOf = (token) => payloadOf(token).msm ?? payloadOf(token).sessionId;
      const named = (sessionId) => bySamePerson('/named', user, { sessionId });
      const next = (await named(claimOf(jwt))).json.jwt;
      assert.equal(await currentId(next), session.id);
      assert.equal(await currentId((await named(claimOf(next))).json.jwt), session.id);
      assertStatus(await server.admin.terminate(session.id), 200);
      for (const token of [jwt, next]) assertRefused(await named(claimOf(token)), 'admin');
      assertRefused(await named('0'.repeat(32)), 'unknown');
    });

    it('with null begins a session, whatever the request carries', async () => {
      const { user, jwt, session } = await logIn();
      assertStatus(await server.admin.terminate(session.id), 200);
      const answer = await bySamePerson('/named', user, { sessionId: null }, { bearer: jwt });
      assertStatus(answer, 200);
      assert.notEqual(await currentId(answer.json.jwt), session.id);
    });

    it('for another user begins a session', async () => {
      const { session } = await logIn();
      const other = (await server.users.signUp()).user;
      const answer = await bySamePerson('/named', other, { sessionId: session.id });
      assert.notEqual(await currentId(answer.json.jwt), session.id);
    });
  });
});
