import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { betweenCleanUps } from '../../harness/process/until.mjs';

const TIMEOUT_MS = 60_000;
// What is written of "last seen" may lag by a quarter of the timeout and two seconds.
const LONG_AGO_MS = 2 * TIMEOUT_MS;

inBothModes('A session that is terminated when idle', (mode) => {
  let server;
  before(async () => {
    const config = {
      inactivityTimeout: TIMEOUT_MS,
      onInactive: 'terminate',
      lastSeenRateLimit: 0,
    };
    server = await TestServer.start({ mode, config });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Makes a session look unused for some time, as the database has it. */
  const rest = (user, ms) =>
    server.database.run(
      `UPDATE magic_sessionmanager_sessions SET last_seen_at_ms = last_seen_at_ms - ${ms}
       WHERE user_id = ${user.id}`,
    );

  it('is refused at its next request, and says why', async () => {
    const { jwt, refreshToken, user } = await server.users.signUp();
    rest(user, LONG_AGO_MS);
    await server.restart();
    assertRefused(await server.users.me(jwt), 'idle');
    if (hasRefreshTokens(mode)) assertStatus(await server.users.tryRefresh(refreshToken), 401);
    const [session] = await server.admin.sessionsOf(user.id);
    assert.equal(session.state, 'terminated');
    assert.equal(session.reason, 'idle');
  });

  it('cannot be refreshed first', async () => {
    if (!hasRefreshTokens(mode)) return;
    const { jwt, refreshToken, user } = await server.users.signUp();
    rest(user, LONG_AGO_MS);
    await server.restart();
    assertStatus(await server.users.tryRefresh(refreshToken), 401);
    assertRefused(await server.users.me(jwt), 'idle');
  });

  it('is terminated by the clean-up, while one in use goes on', async () => {
    const resting = await server.users.signUp();
    const busy = await server.users.signUp();
    rest(resting.user, LONG_AGO_MS);
    rest(busy.user, TIMEOUT_MS / 2);
    await server.admin.cleanUp();
    const [{ state, reason }] = await server.admin.sessionsOf(resting.user.id);
    assert.deepEqual({ state, reason }, { state: 'terminated', reason: 'idle' });
    assertRefused(await server.users.me(resting.jwt), 'idle');
    assertStatus(await server.users.me(busy.jwt), 200);
  });

  it('is not terminated while its requests are not stored yet', async () => {
    const { jwt, user } = await server.users.signUp();
    await betweenCleanUps();
    rest(user, LONG_AGO_MS);
    assertStatus(await server.users.me(jwt), 200);
    await server.admin.cleanUp();
    assertStatus(await server.users.me(jwt), 200);
  });
});
