import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

inBothModes('A process killed at the worst moment', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('has written the session down when the login is answered', async () => {
    const { username } = await server.users.register();
    const { jwt, user } = await server.users.login(username);
    await server.crash();

    await server.boot();
    const sessions = await server.admin.sessionsOf(user.id);
    assert.equal(sessions.length, 2);
    assertStatus(await server.users.me(jwt), 200);
  });

  it('has stored the termination when it is answered', async () => {
    const { jwt, user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    assertStatus(await server.admin.terminate(id), 200);
    await server.crash();

    await server.boot();
    assertRefused(await server.users.me(jwt), 'admin');
  });
});
