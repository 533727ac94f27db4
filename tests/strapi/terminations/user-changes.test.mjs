import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';

const NEW_PASSWORD = 'Better-Horse-2';
const UPDATES = ['documents', 'query', 'queryMany', 'service'];
const DELETIONS = ['deleteDocuments', 'deleteQuery', 'deleteQueryMany', 'deleteService'];

inBothModes('The sessions of a user', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Registers a user and logs in twice; refreshes one of the logins, so that a family ends. */
  async function userWithTwo() {
    const { username, json } = await server.users.register();
    const second = await server.users.login(username);
    const logins = [json, second];
    if (hasRefreshTokens(mode)) logins.push(await server.users.refresh(second.refreshToken));
    return { username, user: json.user, logins };
  }

  const change = async (user, way, data = {}) => {
    const answer = await server.request('POST', `/api/account/${user.id}/${way}`, { body: data });
    assertStatus(answer, 200);
  };

  const setOwn = (bearer, way, body) =>
    server.request('POST', `/api/own-account/${way}`, { bearer, body });

  async function assertAllEnded({ logins, user }, reason) {
    for (const { jwt, refreshToken } of logins) {
      assertRefused(await server.users.me(jwt), reason);
      if (!hasRefreshTokens(mode)) continue;
      const refresh = await server.users.tryRefresh(refreshToken);
      assertStatus(refresh, 401);
      assertNoToken(refresh);
    }
    const sessions = await server.admin.sessionsOf(user.id);
    assert.deepEqual(
      sessions.map((session) => session.reason),
      [reason, reason],
    );
    assert.equal(strapiRowsOf(user), 0, "none of Strapi's own rows is left");
  }

  function strapiRowsOf({ id }) {
    const sql = 'select count(*) as n from strapi_sessions where user_id = ? and origin = ?';
    return server.database.rows(sql, String(id), 'users-permissions')[0].n;
  }

  async function assertAllGoOn({ logins }) {
    for (const { jwt } of logins) assertStatus(await server.users.me(jwt), 200);
  }

  for (const way of UPDATES) {
    it(`are terminated when the user is blocked (${way})`, async () => {
      const person = await userWithTwo();
      const stranger = await userWithTwo();
      await change(person.user, way, { blocked: true });
      await assertAllEnded(person, 'user_blocked');
      await assertAllGoOn(stranger);
    });

    it(`are terminated when the user gets another password (${way})`, async () => {
      const person = await userWithTwo();
      await change(person.user, way, { password: NEW_PASSWORD });
      await assertAllEnded(person, 'password_changed');
    });

    it(`go on when something else of the user changes (${way})`, async () => {
      const person = await userWithTwo();
      await change(person.user, way, { blocked: false, confirmed: true });
      await assertAllGoOn(person);
    });
  }

  for (const way of DELETIONS) {
    it(`are terminated when the user is deleted (${way})`, async () => {
      const person = await userWithTwo();
      const stranger = await userWithTwo();
      await change(person.user, way);
      await assertAllEnded(person, 'user_deleted');
      await assertAllGoOn(stranger);
    });
  }

  it('go on when the change is rolled back', async () => {
    const person = await userWithTwo();
    await change(person.user, 'rolledBack', { blocked: true });
    await assertAllGoOn(person);
    const states = (await server.admin.sessionsOf(person.user.id)).map(({ state }) => state);
    assert.deepEqual(states, ['active', 'active']);
  });

  it('are terminated when an administrator blocks the user, who may come back later', async () => {
    const person = await userWithTwo();
    await server.admin.editUser(person.user.id, { blocked: true });
    await assertAllEnded(person, 'user_blocked');
    assertStatus(await server.users.tryLogin(person.username), 400);
    await server.admin.editUser(person.user.id, { blocked: false });
    for (const { jwt } of person.logins) assertRefused(await server.users.me(jwt), 'user_blocked');
    assertStatus(await server.users.me((await server.users.login(person.username)).jwt), 200);
  });

  it('are terminated when an administrator sets another password, and only then', async () => {
    const person = await userWithTwo();
    await server.admin.editUser(person.user.id, { confirmed: true });
    await assertAllGoOn(person);
    await server.admin.editUser(person.user.id, { password: NEW_PASSWORD });
    await assertAllEnded(person, 'password_changed');
  });

  it('are terminated when an administrator deletes the user', async () => {
    const person = await userWithTwo();
    await server.admin.deleteUser(person.user.id);
    await assertAllEnded(person, 'user_deleted');
  });

  for (const way of ['controller', 'service', 'documents', 'query', 'queryMany']) {
    it(`but the one that asks are terminated when users set their own password (${way})`, async () => {
      const person = await userWithTwo();
      const [asking, other] = [person.logins[0], person.logins.at(-1)];
      const set = (bearer, body) => setOwn(bearer, way, body);
      assertStatus(await set(asking.jwt, { password: NEW_PASSWORD }), 200);
      assertRefused(await server.users.me(other.jwt), 'password_changed');
      assertStatus(await server.users.me(asking.jwt), 200);
      if (hasRefreshTokens(mode)) {
        const next = await server.users.refresh(asking.refreshToken);
        assertStatus(await server.users.me(next.jwt), 200);
        assertStatus(await server.users.tryRefresh(other.refreshToken), 401);
      }
      // A block spares no session.
      await set(asking.jwt, { password: 'Another-One-3', blocked: true });
      assertRefused(await server.users.me(asking.jwt), 'user_blocked');
    });
  }

  it('are all terminated when a user sets the password of another one', async () => {
    const [person, other] = [await userWithTwo(), await userWithTwo()];
    const { jwt } = person.logins[0];
    const body = { password: PASSWORD, otherId: other.user.id };
    assertStatus(await setOwn(jwt, 'share', body), 200);
    await assertAllEnded(other, 'password_changed');
    await assertAllGoOn(person);
  });

  it('are terminated when users change their password, who go on with the new token', async () => {
    const person = await userWithTwo();
    const answer = await server.request('POST', '/api/auth/change-password', {
      bearer: person.logins[0].jwt,
      body: {
        currentPassword: PASSWORD,
        password: NEW_PASSWORD,
        passwordConfirmation: NEW_PASSWORD,
      },
    });
    assertStatus(answer, 200);
    const { jwt, refreshToken } = answer.json;
    assertStatus(await server.users.me(jwt), 200);
    for (const login of person.logins) {
      assertRefused(await server.users.me(login.jwt), 'password_changed');
    }
    const [current] = await server.users.sessions(jwt);
    const ended = await server.users.sessions(jwt, 'filters[state]=terminated');
    assert.equal(current.current, true);
    assert.equal(current.state, 'active');
    assert.equal(current.method, 'password-change');
    assert.deepEqual(
      ended.map(({ reason }) => reason),
      ['password_changed', 'password_changed'],
    );
    if (hasRefreshTokens(mode)) {
      assertStatus(await server.users.tryRefresh(person.logins[0].refreshToken), 401);
      assertStatus(await server.users.me((await server.users.refresh(refreshToken)).jwt), 200);
    }
  });

  it('are terminated when the password is reset, which logs in again', async () => {
    const person = await userWithTwo();
    await change(person.user, 'query', { resetPasswordToken: 'reset-code' });
    await assertAllGoOn(person);
    const answer = await server.request('POST', '/api/auth/reset-password', {
      body: { code: 'reset-code', password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD },
    });
    assertStatus(answer, 200);
    for (const login of person.logins) {
      assertRefused(await server.users.me(login.jwt), 'password_changed');
    }
    assertStatus(await server.users.me(answer.json.jwt), 200);
    assert.equal((await server.users.currentSession(answer.json.jwt)).method, 'reset');
  });

  it('stay as they are when a password change fails', async () => {
    const person = await userWithTwo();
    const answer = await server.request('POST', '/api/auth/change-password', {
      bearer: person.logins[0].jwt,
      body: {
        currentPassword: 'Wrong-Horse-9',
        password: NEW_PASSWORD,
        passwordConfirmation: NEW_PASSWORD,
      },
    });
    assertStatus(answer, 400);
    await assertAllGoOn(person);
  });

  if (hasRefreshTokens(mode)) {
    it("are terminated one by one, by device or all at once through Strapi's own logout", async () => {
      const { username, json } = await server.users.register();
      const login = async (deviceId) =>
        (
          await server.request('POST', '/api/auth/local', {
            body: { identifier: username, password: PASSWORD, deviceId },
          })
        ).json;
      const logOut = async ({ jwt }, body) =>
        assertStatus(await server.request('POST', '/api/auth/logout', { bearer: jwt, body }), 200);
      const [phone, tablet, laptop] = [
        await login('phone'),
        await login('tablet'),
        await login('laptop'),
      ];
      const phoneNow = await server.users.refresh(phone.refreshToken);

      await logOut(laptop, { deviceId: 'phone' });
      for (const { jwt } of [phone, phoneNow]) {
        assertRefused(await server.users.me(jwt), 'logout_remote');
      }
      await assertAllGoOn({ logins: [json, tablet, laptop] });

      await logOut(tablet, {});
      assertRefused(await server.users.me(tablet.jwt), 'logout');
      await assertAllGoOn({ logins: [json, laptop] });

      await logOut(laptop, { scope: 'all' });
      for (const { jwt } of [json, laptop]) assertRefused(await server.users.me(jwt), 'logout_all');
      assert.equal(strapiRowsOf(json.user), 0);
    });

    it("are terminated as Strapi's own routes for sessions revoke them", async () => {
      const { logins } = await userWithTwo();
      const [keeper, , rotated] = logins;
      const listed = await server.request('GET', '/api/auth/sessions', { bearer: keeper.jwt });
      assertStatus(listed, 200);
      const other = listed.json.data.find(({ current }) => !current);
      const answer = await server.request('DELETE', `/api/auth/sessions/${other.id}`, {
        bearer: keeper.jwt,
      });
      assertStatus(answer, 200);
      for (const { jwt } of [logins[1], rotated]) {
        assertRefused(await server.users.me(jwt), 'logout_remote');
      }
      assertStatus(await server.users.me(keeper.jwt), 200);
    });
  }
});
