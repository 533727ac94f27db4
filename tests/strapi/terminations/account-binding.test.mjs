import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';
import { until } from '../../harness/process/until.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const NEW_PASSWORD = 'Better-Horse-2';
const WAYS = ['documents', 'query', 'queryMany', 'service'];

inBothModes('A session is bound to the account that it began with', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  const account = async (id, way, body = {}) => {
    const answer = await server.request('POST', `/api/account/${id}/${way}`, { body });
    assertStatus(answer, 200);
    return answer.json;
  };

  /** Writes to a user past Strapi. */
  const write = (id, assignment) =>
    server.database.run(`update up_users set ${assignment} where id = ${id}`);

  async function assertEnded({ jwt, refreshToken }, reason) {
    if (hasRefreshTokens(mode)) {
      const refresh = await server.users.tryRefresh(refreshToken);
      assertStatus(refresh, 401);
      assertNoToken(refresh);
    }
    assertRefused(await server.users.me(jwt), reason);
  }

  /** Does something while Strapi's lifecycles are off. */
  async function withoutLifecycles(act) {
    await account(0, 'lifecycles', { on: false });
    try {
      return await act();
    } finally {
      await account(0, 'lifecycles', { on: true });
    }
  }

  it('and ends when another hash is written in SQL', async () => {
    const login = await server.users.signUp();
    assertStatus(await server.users.me(login.jwt), 200);
    write(login.user.id, "password = 'another hash'");
    await assertEnded(login, 'password_changed');
  });

  it('and ends in the access token as well, without a refresh before', async () => {
    const { jwt, user } = await server.users.signUp();
    write(user.id, "password = 'another hash'");
    assertRefused(await server.users.me(jwt), 'password_changed');
    assertRefused(await server.users.me(jwt), 'password_changed');
  });

  it('and stays ended after a block in SQL, once a request has met it', async () => {
    const login = await server.users.signUp();
    write(login.user.id, 'blocked = true');
    assertRefused(await server.users.me(login.jwt), 'user_blocked');
    write(login.user.id, 'blocked = false');
    await assertEnded(login, 'user_blocked');
  });

  it('and ends when a block is repeated that a process was killed in', async () => {
    const login = await server.users.signUp();
    write(login.user.id, 'blocked = true');
    await account(login.user.id, 'query', { blocked: true });
    write(login.user.id, 'blocked = false');
    await assertEnded(login, 'user_blocked');
  });

  it('and ends when its user is deleted in SQL', async () => {
    const login = await server.users.signUp();
    server.database.run(`delete from up_users where id = ${login.user.id}`);
    assertStatus(await server.users.me(login.jwt), 401);
    if (hasRefreshTokens(mode))
      assertStatus(await server.users.tryRefresh(login.refreshToken), 401);
    const [session] = await server.admin.sessionsOf(login.user.id);
    assert.equal(session.reason, 'user_deleted');
  });

  for (const way of WAYS) {
    it(`and ends while lifecycles are off, by password and block (${way})`, async () => {
      const [changed, blocked] = [await server.users.signUp(), await server.users.signUp()];
      await withoutLifecycles(async () => {
        await account(changed.user.id, way, { password: NEW_PASSWORD });
        await account(blocked.user.id, way, { blocked: true });
        await account(blocked.user.id, way, { blocked: false });
        await assertEnded(changed, 'password_changed');
        await assertEnded(blocked, 'user_blocked');
      });
      await assertEnded(changed, 'password_changed');
      await assertEnded(blocked, 'user_blocked');
    });
  }

  it('and ends by a change of the password over HTTP while lifecycles are off', async () => {
    const { username, json } = await server.users.register();
    const other = await server.users.login(username);
    const answer = await withoutLifecycles(() =>
      server.request('POST', '/api/auth/change-password', {
        bearer: json.jwt,
        body: {
          currentPassword: PASSWORD,
          password: NEW_PASSWORD,
          passwordConfirmation: NEW_PASSWORD,
        },
      }),
    );
    assertStatus(answer, 200);
    await assertEnded(json, 'password_changed');
    await assertEnded(other, 'password_changed');
    assertStatus(await server.users.me(answer.json.jwt), 200);
  });

  if (hasRefreshTokens(mode)) {
    it('and ends by a logout while lifecycles are off', async () => {
      const login = await server.users.signUp();
      await withoutLifecycles(async () => {
        const answer = await server.request('POST', '/api/auth/logout', { bearer: login.jwt });
        assertStatus(answer, 200);
        await assertEnded(login, 'logout');
      });
    });
  }

  it('and goes on when the same password is hashed again', async () => {
    const { username, json } = await server.users.register();
    const other = await server.users.login(username);
    const { jwt } = await account(json.user.id, 'rehash', { password: PASSWORD });
    for (const token of [json.jwt, other.jwt, jwt]) {
      assertStatus(await server.users.me(token), 200);
    }
    if (hasRefreshTokens(mode)) await server.users.refresh(other.refreshToken);
    await account(json.user.id, 'query', { password: 'yet another hash' });
    for (const token of [json.jwt, other.jwt, jwt]) {
      assertRefused(await server.users.me(token), 'password_changed');
    }
  });

  it('and goes on when the same password is hashed again right after the login', async () => {
    for (let time = 0; time < 5; time += 1) {
      const { user, jwt } = await server.users.signUp();
      const login = await account(user.id, 'rehashAfter', { password: PASSWORD });
      for (const token of [login.jwt, jwt]) assertStatus(await server.users.me(token), 200);
    }
  });

  it('and ends by a password that another user typed in the same request', async () => {
    const [typing, changed] = [await server.users.signUp(), await server.users.signUp()];
    await account(typing.user.id, 'share', { password: PASSWORD, otherId: changed.user.id });
    await assertEnded(changed, 'password_changed');
    assertStatus(await server.users.me(typing.jwt), 200);
  });

  it('and a row from before the binding is bound by its next request', async () => {
    const { jwt, user } = await server.users.signUp();
    const bound = () =>
      server.database.rows(
        `select password_fingerprint as fingerprint from magic_sessionmanager_sessions where user_id = ${user.id}`,
      )[0].fingerprint;
    const first = bound();
    assert.match(first, /^[\da-f]{32}$/);
    server.database.run(
      `update magic_sessionmanager_sessions set password_fingerprint = null where user_id = ${user.id}`,
    );
    await server.restart();
    assertStatus(await server.users.me(jwt), 200);
    assert.equal(bound(), first);
    write(user.id, "password = 'another hash'");
    assertRefused(await server.users.me(jwt), 'password_changed');
  });

  it('and ends for code that only verifies the token', async () => {
    const { jwt, user } = await server.users.signUp();
    const isValid = async () => (await account(0, 'verify', { token: jwt })).isValid;
    assert.equal(await isValid(), true);
    write(user.id, 'blocked = true');
    await until('the token is refused', async () => !(await isValid()));
  });
});
