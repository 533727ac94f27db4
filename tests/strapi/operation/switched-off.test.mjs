import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

inBothModes('An app in which the plugin was switched off, with its tables kept', (mode) => {
  let server;
  after(() => server.dispose());

  it('knows its sessions again', async () => {
    server = await TestServer.start({ mode, env: { FORCE_MIGRATION: 'false' } });
    await server.admin.register();
    const kept = await server.users.signUp();
    const ended = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(kept.user.id);
    await server.admin.terminateAll(ended.user.id);

    await server.restart({ MAGIC_ENABLED: 'false' });
    assertStatus(await server.users.me(kept.jwt), 200);
    const between = await server.users.signUp();

    await server.restart({ MAGIC_ENABLED: 'true' });
    assertStatus(await server.users.me(kept.jwt), 200);
    const [session, ...others] = await server.admin.sessionsOf(kept.user.id);
    assert.deepEqual([session.id, session.state, others], [id, 'active', []]);
    assertRefused(await server.users.me(ended.jwt), 'admin');
    assertStatus(await server.users.me(between.jwt), 200);
    assert.equal((await server.admin.sessionsOf(between.user.id))[0].method, 'adopted');
    await server.admin.terminateAll(kept.user.id);
    assertRefused(await server.users.me(kept.jwt), 'admin');
    if (hasRefreshTokens(mode)) assertStatus(await server.users.tryRefresh(kept.refreshToken), 401);
  });
});
