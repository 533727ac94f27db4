import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const HOUR_MS = 3_600_000;

inBothModes('A session past the absolute timeout', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode, config: { absoluteTimeout: HOUR_MS } });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('is terminated however busy it is', async () => {
    const { jwt, refreshToken, user } = await server.users.signUp();
    assertStatus(await server.users.me(jwt), 200);
    await server.stop();
    server.database.run(
      `UPDATE magic_sessionmanager_sessions SET logged_in_at_ms = logged_in_at_ms - ${HOUR_MS}
       WHERE user_id = ${user.id}`,
    );
    server.database.close();
    await server.boot();

    assertRefused(await server.users.me(jwt), 'expired');
    if (hasRefreshTokens(mode)) assertStatus(await server.users.tryRefresh(refreshToken), 401);
    const [session] = await server.admin.sessionsOf(user.id);
    assert.equal(session.state, 'terminated');
    assert.equal(session.reason, 'expired');
  });
});
