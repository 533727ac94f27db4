import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { payloadOf, sign } from '../../harness/clients/jwt.mjs';
import { TEST_SECRETS, TestServer } from '../../harness/strapi/test-server.mjs';

const LOGOUT = '/api/magic-sessionmanager/logout';
const COOKIE = 'my_refresh';
const ATTRIBUTES = { name: COOKIE, path: '/api', domain: 'shop.test', sameSite: 'strict' };
const OVER_LIMIT = 120;

const ANSWER = { data: { terminated: null } };

describe('A logout by a refresh token', () => {
  let server;
  before(async () => {
    const env = { UP_COOKIE: JSON.stringify(ATTRIBUTES), TRUST_PROXY: 'true', PROXIES: '1' };
    server = await TestServer.start({ mode: 'refresh', env });
    await server.admin.register();
  });
  after(() => server.dispose());

  let clients = 0;

  /** Sends a logout from an address of its own. */
  function logOut({ body, bearer, cookie, from = `198.51.100.${(clients += 1)}` }) {
    const headers = { 'x-forwarded-for': from, ...(cookie && { cookie }) };
    return server.request('POST', LOGOUT, { body, bearer, headers });
  }

  const rowsOf = ({ id }) =>
    server.database.rows(
      `select session_id from strapi_sessions where user_id = '${id}' and origin = 'users-permissions'`,
    ).length;

  async function person() {
    const login = await server.users.signUp();
    const { id } = await server.users.currentSession(login.jwt);
    return { ...login, id };
  }

  const reasonOf = async (id) => (await server.admin.session(id)).json.data.reason;

  it('ends a session that has not begun yet', async () => {
    const { jwt, refreshToken, id } = await person();
    await server.stop();
    server.database.run(
      `update magic_sessionmanager_sessions set state = 'provisional' where session_id = '${id}'`,
    );
    server.database.close();
    await server.boot();
    await server.admin.login();
    const answer = await logOut({ body: { refreshToken } });
    assertStatus(answer, 200);
    assert.deepEqual(answer.json, ANSWER);
    assertStatus(await server.users.tryRefresh(refreshToken), 401);
    assertStatus(await server.users.me(jwt), 401);
    assert.equal(await reasonOf(id), 'logout');
  });

  it('ends the session, with the token in the body or in the cookie', async () => {
    for (const carried of [
      (refreshToken) => ({ body: { refreshToken } }),
      (refreshToken) => ({ cookie: `${COOKIE}=${refreshToken}` }),
      (refreshToken) => ({ body: { refreshToken }, bearer: 'no-token' }),
    ]) {
      const { jwt, refreshToken, id, user } = await person();
      const answer = await logOut(carried(refreshToken));
      assertStatus(answer, 200);
      assert.deepEqual(answer.json, ANSWER);
      assertRefused(await server.users.me(jwt), 'logout');
      assertRefused(await server.users.tryRefresh(refreshToken), 'logout');
      assert.equal(await reasonOf(id), 'logout');
      assert.equal(rowsOf(user), 0, "Strapi's own rows are gone");
    }
  });

  it('takes the cookie back with its attributes', async () => {
    const { refreshToken } = await person();
    const byToken = await logOut({ cookie: `${COOKIE}=${refreshToken}` });
    const { jwt, refreshToken: other } = await person();
    const byAccess = await logOut({ bearer: jwt, cookie: `${COOKIE}=${other}` });
    for (const answer of [byToken, byAccess]) {
      const lines = answer.headers['set-cookie'].filter((line) => line.startsWith(`${COOKIE}=;`));
      assert.equal(lines.length, 1);
      for (const attribute of [
        /; path=\/api;/,
        /; domain=shop\.test/,
        /; samesite=strict/,
        /; httponly/,
        /; expires=Thu, 01 Jan 1970/,
      ]) {
        assert.match(lines[0], new RegExp(attribute.source, 'i'));
      }
    }
  });

  it('works after the access token is over, ended or expired', async () => {
    const one = await person();
    const other = await person();
    const expired = sign(
      { ...payloadOf(other.jwt), exp: Math.floor(Date.now() / 1000) - 60 },
      TEST_SECRETS.JWT_SECRET,
    );
    await logOut({ bearer: one.jwt });
    const body = { refreshToken: other.refreshToken };
    assertStatus(await server.users.me(expired), 401);
    for (const bearer of [one.jwt, expired]) {
      const answer = await logOut({ bearer, body });
      assertStatus(answer, 200);
      assert.deepEqual(answer.json, ANSWER);
      assert.equal(answer.headers['x-session-terminated-reason'], undefined);
    }
    assertRefused(await server.users.me(other.jwt), 'logout');
  });

  it('prefers the session of a valid access token', async () => {
    const [one, other] = [await person(), await person()];
    const answer = await logOut({ bearer: one.jwt, body: { refreshToken: other.refreshToken } });
    assert.deepEqual(answer.json, { data: { terminated: 1 } });
    assertRefused(await server.users.me(one.jwt), 'logout');
    assertStatus(await server.users.me(other.jwt), 200);
  });

  it('does not tell a known token from any other', async () => {
    const { refreshToken } = await person();
    const unknown = sign(
      { ...payloadOf(refreshToken), sessionId: 'f'.repeat(32) },
      TEST_SECRETS.JWT_SECRET,
    );
    const forged = sign(payloadOf(refreshToken), 'another secret');
    const known = [refreshToken, refreshToken];
    const answers = [];
    for (const token of [forged, unknown, 'no token', ...known]) {
      const { status, json, headers } = await logOut({ body: { refreshToken: token } });
      answers.push({ status, json, names: Object.keys(headers).sort() });
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.deepEqual(answers[0].json, ANSWER);
  });

  it('ends nothing by a forged token', async () => {
    const { jwt, refreshToken } = await person();
    const body = { refreshToken: sign(payloadOf(refreshToken), 'another secret') };
    assertStatus(await logOut({ body }), 200);
    assertStatus(await server.users.me(jwt), 200);
  });

  it('counts a token that was exchanged before as a refresh would', async () => {
    const { refreshToken, id } = await person();
    const child = await server.users.refresh(refreshToken);
    const { username } = (await server.users.me(child.jwt)).json;
    const newer = await server.users.login(username);
    assertStatus(await logOut({ body: { refreshToken } }), 200);
    assert.equal(await reasonOf(id), 'refresh_reuse');
    assertStatus(await server.users.me(newer.jwt), 200);
  });

  it('leaves the session alone if such a token terminates nothing', async () => {
    await server.admin.changeSettings({ onRefreshReuse: 'refuse' });
    const { refreshToken } = await person();
    const child = await server.users.refresh(refreshToken);
    assertStatus(await server.users.me(child.jwt), 200);
    const refused = await logOut({ body: { refreshToken } });
    assert.deepEqual(refused.json, ANSWER);
    assertStatus(await server.users.me(child.jwt), 200);
    assertStatus(await logOut({ body: { refreshToken: child.refreshToken } }), 200);
    assertRefused(await server.users.me(child.jwt), 'logout');
    await server.admin.changeSettings({ onRefreshReuse: null });
  });

  it('needs a token of some kind', async () => {
    for (const body of [undefined, {}, { refreshToken: '' }, { refreshToken: 7 }]) {
      assertStatus(await logOut({ body }), 403);
    }
  });

  it('is limited by the address, whatever the token is', async () => {
    const { refreshToken } = await person();
    for (const token of ['no token', refreshToken]) {
      const from = `203.0.113.${(clients += 1)}`;
      const sent = Array.from({ length: OVER_LIMIT }, () =>
        logOut({ body: { refreshToken: token }, from }),
      );
      const statuses = (await Promise.all(sent)).map(({ status }) => status);
      assert.ok(statuses.includes(429));
      assert.ok(statuses.filter((status) => status === 200).length >= OVER_LIMIT / 2);
    }
  });
});
