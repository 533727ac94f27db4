import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

inBothModes('A restart between any two steps', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('changes nothing in the life of a session', async () => {
    const { username } = await server.users.register();
    await server.restart();

    const login = await server.users.login(username);
    const { user } = login;
    let { jwt, refreshToken } = login;
    await server.restart();

    const [before] = await server.admin.sessionsOf(user.id);
    assert.equal(before.state, 'active');
    await server.restart();

    assertStatus(await server.users.me(jwt), 200);
    if (hasRefreshTokens(mode)) {
      await server.restart();
      ({ jwt, refreshToken } = await server.users.refresh(refreshToken));
      await server.restart();
      assertStatus(await server.users.me(jwt), 200);
    }
    assert.equal((await server.admin.sessionsOf(user.id)).length, 2);
    await server.restart();

    assertStatus(await server.admin.terminate(before.id), 200);
    await server.restart();

    assertRefused(await server.users.me(jwt), 'admin');
    if (hasRefreshTokens(mode)) {
      await server.restart();
      assertStatus(await server.users.tryRefresh(refreshToken), 401);
    }
    const after = (await server.admin.session(before.id)).json.data;
    assert.equal(after.state, 'terminated');
    assert.equal(after.loggedInAt, before.loggedInAt);
  });
});
