import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { pause } from '../../harness/process/until.mjs';

/** A token tells its time in whole seconds. */
const A_SECOND_MS = 1000;

const HOUR_MS = 60 * 60_000;

inBothModes('A token from before the plugin was installed', (mode) => {
  let server;
  const logins = [];
  before(async () => {
    server = await TestServer.start({ mode, env: { MAGIC_ENABLED: 'false' } });
    await server.admin.register();
    for (let user = 0; user < 2; user += 1) logins.push(await server.users.signUp());
    await server.restart({ MAGIC_ENABLED: 'true' });
  });
  after(() => server.dispose());

  it('goes on working, as one session', async () => {
    const [{ jwt, user }] = logins;
    const answers = await Promise.all([1, 2, 3, 4].map(() => server.users.me(jwt)));
    for (const answer of answers) assertStatus(answer, 200);
    assertStatus(await server.users.me(jwt), 200);
    const sessions = await server.admin.sessionsOf(user.id);
    assert.equal(sessions.length, 1);
    assert.equal(sessions[0].state, 'active');
  });

  it('is marked until a day after it has expired', async () => {
    const [{ user }] = logins;
    const [{ id }] = await server.admin.sessionsOf(user.id);
    const marks = () =>
      server.database.rows(
        `SELECT keep_until_ms AS until FROM magic_sessionmanager_rotations WHERE rotated_id = '${id}'`,
      );
    const expiredMsAgo = (ms) =>
      server.database.run(
        `UPDATE magic_sessionmanager_rotations SET keep_until_ms = ${Date.now() - ms}
         WHERE rotated_id = '${id}'`,
      );
    assert.ok(Number(marks()[0].until) > Date.now(), 'it is marked until it expires');
    expiredMsAgo(23 * HOUR_MS);
    await server.admin.cleanUp();
    assert.equal(marks().length, 1);
    expiredMsAgo(25 * HOUR_MS);
    await server.admin.cleanUp();
    assert.equal(marks().length, 0);
  });

  it('is refused for good once that session was terminated', async () => {
    const [, { jwt, refreshToken, user }] = logins;
    assertStatus(await server.users.me(jwt), 200);
    const [{ id }] = await server.admin.sessionsOf(user.id);
    assertStatus(await server.admin.terminate(id), 200);

    assertRefused(await server.users.me(jwt), 'admin');
    await server.restart();
    assertRefused(await server.users.me(jwt), 'admin');
    if (hasRefreshTokens(mode)) assertStatus(await server.users.tryRefresh(refreshToken), 401);
    assert.equal((await server.admin.sessionsOf(user.id)).length, 1);
  });

  if (hasRefreshTokens(mode)) {
    it('can be refreshed, still as one session', async () => {
      const [{ refreshToken, user }] = logins;
      const { jwt } = await server.users.refresh(refreshToken);
      assertStatus(await server.users.me(jwt), 200);
      assert.equal((await server.admin.sessionsOf(user.id)).length, 1);
    });
  }
});

describe('A refresh token from before the plugin was installed', { concurrency: false }, () => {
  let server;
  let logins;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh', env: { MAGIC_ENABLED: 'false' } });
    await server.admin.register();
    logins = [];
    for (let user = 0; user < 3; user += 1) logins.push(await server.users.signUp());
    logins[2].exchanged = logins[2].refreshToken;
    Object.assign(logins[2], await server.users.refresh(logins[2].exchanged));
    await server.restart({ MAGIC_ENABLED: 'true' });
  });
  after(() => server.dispose());

  const sessionOf = async ({ user }) => {
    const sessions = await server.admin.sessionsOf(user.id);
    assert.equal(sessions.length, 1);
    return sessions[0];
  };

  it('begins a session when it is exchanged, and is then terminated with it for good', async () => {
    const [login] = logins;
    const { jwt, refreshToken } = await server.users.refresh(login.refreshToken);
    assertStatus(await server.users.me(jwt), 200);
    const { id } = await sessionOf(login);
    assertStatus(await server.admin.terminate(id), 200);
    for (const token of [refreshToken, login.refreshToken])
      assertStatus(await server.users.tryRefresh(token), 401);
    for (const token of [jwt, login.jwt]) assertRefused(await server.users.me(token), 'admin');
    await sessionOf(login);
  });

  it('terminates its session when it is used a second time', async () => {
    const [, login] = logins;
    const { jwt } = await server.users.refresh(login.refreshToken);
    assertStatus(await server.users.me(jwt), 200);
    assertStatus(await server.users.tryRefresh(login.refreshToken), 401);
    assertRefused(await server.users.me(jwt), 'refresh_reuse');
  });

  it('brings nothing back that was exchanged for it before', async () => {
    const [, , login] = logins;
    assertStatus(await server.users.me(login.jwt), 200);
    const { id } = await sessionOf(login);
    assertStatus(await server.admin.terminate(id), 200);
    assertStatus(await server.users.tryRefresh(login.exchanged), 401);
    await sessionOf(login);
  });

  it('is nothing to a plugin that is strict', async () => {
    const MAGIC_CONFIG = JSON.stringify({ strict: true });
    await server.restart({ MAGIC_ENABLED: 'false' });
    const { refreshToken, user } = await server.users.signUp();
    await server.restart({ MAGIC_ENABLED: 'true', MAGIC_CONFIG });
    assertRefused(await server.users.tryRefresh(refreshToken), 'unknown');
    assert.deepEqual(await server.admin.sessionsOf(user.id), []);
  });
});

inBothModes('A token from before the plugin was installed and from before an instant', (mode) => {
  let server;
  after(() => server.dispose());

  it('is terminated when everything from before that instant is terminated', async () => {
    server = await TestServer.start({ mode, env: { MAGIC_ENABLED: 'false' } });
    await server.admin.register();
    const { jwt, user } = await server.users.signUp();
    // Without the plugin, two logins in one second get one token.
    await pause(A_SECOND_MS);
    const { jwt: loggedOut } = await server.users.login(user.username);
    await pause(A_SECOND_MS);
    const atMs = Date.now();
    await server.restart({ MAGIC_ENABLED: 'true' });
    assertStatus(await server.users.me(jwt), 200);
    assertStatus(await server.users.own(loggedOut, 'POST', '/logout'), 200);
    const path = `/api/account/${user.id}/endBefore`;
    assertStatus(await server.request('POST', path, { body: { atMs } }), 200);
    assertRefused(await server.users.me(jwt), 'admin');
    assertRefused(await server.users.me(loggedOut), 'logout');
  });
});

inBothModes('A token from before the plugin was installed, which is strict', (mode) => {
  let server;
  after(() => server.dispose());

  it('is refused, and does not become a session', async () => {
    server = await TestServer.start({ mode, env: { MAGIC_ENABLED: 'false' } });
    await server.admin.register();
    const { jwt, user } = await server.users.signUp();
    const MAGIC_CONFIG = JSON.stringify({ strict: true });
    await server.restart({ MAGIC_ENABLED: 'true', MAGIC_CONFIG });
    assertRefused(await server.users.me(jwt), 'unknown');
    assert.deepEqual(await server.admin.sessionsOf(user.id), []);
    const { jwt: fresh } = await server.users.signUp();
    assertStatus(await server.users.me(fresh), 200);
  });
});
