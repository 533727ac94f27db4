import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

describe('A refresh token that is used a second time', () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
  });
  after(() => server.dispose());

  const stateOf = async (user) => {
    const [{ state, reason }] = await server.admin.sessionsOf(user.id);
    return { state, reason };
  };

  it('gives the same child while that is unused: the response may have been lost', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const lost = await server.users.refresh(refreshToken);
    const again = await server.users.refresh(refreshToken);
    assert.equal(again.refreshToken, lost.refreshToken);
    assertStatus(await server.users.me(again.jwt), 200);
    await server.users.refresh(again.refreshToken);
    assert.deepEqual(await stateOf(user), { state: 'active', reason: null });
  });

  it('gives one child to all who ask at once', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const asked = await Promise.all([1, 2, 3, 4].map(() => server.users.refresh(refreshToken)));
    assert.equal(new Set(asked.map((pair) => pair.refreshToken)).size, 1);
    const rows = server.database.rows(
      `select count(*) as n from strapi_sessions where user_id = '${user.id}' and status = 'active'`,
    );
    assert.equal(rows[0].n, 1);
  });

  for (const [use, how] of [
    [(child) => server.users.me(child.jwt), 'a request'],
    [(child) => server.users.tryRefresh(child.refreshToken), 'a refresh'],
  ]) {
    it(`terminates the session once the child was used by ${how}`, async () => {
      const { jwt, refreshToken, user } = await server.users.signUp();
      const child = await server.users.refresh(refreshToken);
      assertStatus(await use(child), 200);

      const replay = await server.users.tryRefresh(refreshToken);
      assertRefused(replay, 'refresh_reuse');
      assertNoToken(replay);
      for (const token of [jwt, child.jwt])
        assertRefused(await server.users.me(token), 'refresh_reuse');
      assertStatus(await server.users.tryRefresh(child.refreshToken), 401);
      const ended = { state: 'terminated', reason: 'refresh_reuse' };
      assert.deepEqual(await stateOf(user), ended);
    });
  }

  it('is known for what it is after a restart', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const child = await server.users.refresh(refreshToken);
    await server.restart();
    assertStatus(await server.users.me(child.jwt), 200);
    assertRefused(await server.users.tryRefresh(refreshToken), 'refresh_reuse');
    assert.equal((await stateOf(user)).state, 'terminated');
  });

  it('is known for what it is after a change of the encryption key', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const child = await server.users.refresh(refreshToken);
    await server.restart({ SESSION_ENCRYPTION_KEY: Buffer.alloc(32, 9).toString('base64') });
    assertStatus(await server.users.me(child.jwt), 200);
    assertRefused(await server.users.tryRefresh(refreshToken), 'refresh_reuse');
    assert.equal((await stateOf(user)).state, 'terminated');
  });

  it('terminates nothing when its signature is forged', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const child = await server.users.refresh(refreshToken);
    assertStatus(await server.users.me(child.jwt), 200);
    const [header, payload, signature] = refreshToken.split('.');
    const forged = [header, payload, signature.split('').reverse().join('')].join('.');
    for (const token of [forged, `${header}.${payload}.`, `${refreshToken}x`]) {
      const answer = await server.users.tryRefresh(token);
      assertStatus(answer, 401);
      assertNoToken(answer);
    }
    assert.equal((await stateOf(user)).state, 'active');
  });

  it('terminates the session at once where no retry is allowed', async () => {
    const MAGIC_CONFIG = JSON.stringify({ refreshRetryWindow: 0 });
    await server.restart({ MAGIC_CONFIG });
    const { refreshToken, user } = await server.users.signUp();
    const child = await server.users.refresh(refreshToken);
    assertRefused(await server.users.tryRefresh(refreshToken), 'refresh_reuse');
    assertStatus(await server.users.tryRefresh(child.refreshToken), 401);
    assert.equal((await stateOf(user)).state, 'terminated');
  });
});
