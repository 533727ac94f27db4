import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../support/expect.mjs';
import { hasRefreshTokens, inBothModes } from '../support/modes.mjs';
import { TestServer } from '../support/test-server.mjs';

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

  it('is refused for good once that session was ended', async () => {
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
