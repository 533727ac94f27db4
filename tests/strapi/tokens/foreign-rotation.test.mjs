import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { payloadOf, sign } from '../../harness/clients/jwt.mjs';
import { TEST_SECRETS, TestServer } from '../../harness/strapi/test-server.mjs';

let counter = 0;

describe('A refresh token that was exchanged on an instance without the plugin', () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Does to Strapi's table what Strapi does at an exchange, and returns the child. */
  function exchange(refreshToken) {
    const { sessionId, ...claims } = payloadOf(refreshToken);
    const child = (counter += 1).toString(16).padStart(32, 'e');
    const kept = 'user_id, device_id, origin, expires_at, absolute_expires_at, type, created_at';
    server.database.run(`
      insert into strapi_sessions (document_id, session_id, status, ${kept})
        select '${child.slice(0, 24)}', '${child}', 'active', ${kept}
        from strapi_sessions where session_id = '${sessionId}';
      update strapi_sessions set status = 'rotated', child_id = '${child}'
        where session_id = '${sessionId}'`);
    return sign({ ...claims, sessionId: child }, TEST_SECRETS.JWT_SECRET);
  }

  it('goes on in the session that it came from', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const refreshed = await server.users.refresh(exchange(exchange(refreshToken)));
    assertStatus(await server.users.me(refreshed.jwt), 200);
    const sessions = await server.admin.sessionsOf(user.id);
    assert.equal(sessions.length, 1);
    await server.admin.terminate(sessions[0].id);
    assertRefused(await server.users.me(refreshed.jwt), 'admin');
  });

  it('is refused if that session has been terminated', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const child = exchange(refreshToken);
    const [{ id }] = await server.admin.sessionsOf(user.id);
    server.database.run(
      `update magic_sessionmanager_sessions set state = 'terminated', reason = 'admin', terminated_at_ms = 1
        where session_id = '${id}'`,
    );
    await server.restart();
    assertRefused(await server.users.tryRefresh(child), 'admin');
    assert.equal((await server.admin.sessionsOf(user.id)).length, 1);
  });
});

describe('A forged refresh token', () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh', env: { DEBUG: 'knex:query' } });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** The statements that look for a session, or for a refresh token, by its id. */
  const LOOK_UP = /where \S(?:session_id|rotated_id|child_id)\S = /g;
  const lookUps = () => server.log.match(LOOK_UP)?.length ?? 0;

  it('learns nothing of the session that it names, and costs no look-up', async () => {
    const { refreshToken, user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    await server.admin.terminate(id);
    assertRefused(await server.users.tryRefresh(refreshToken), 'admin');

    const { sessionId, ...claims } = payloadOf(refreshToken);
    const unknown = sign({ ...claims, sessionId: 'f'.repeat(32) }, 'another secret');
    const forged = [
      `${refreshToken.slice(0, -4)}AAAA`,
      sign({ ...claims, sessionId }, 'x'),
      unknown,
    ];
    const before = lookUps();
    for (const token of forged) {
      const answer = await server.users.tryRefresh(token);
      assertStatus(answer, 401);
      assert.equal(answer.headers['x-session-terminated-reason'], undefined);
      assert.equal(answer.json.error.details?.reason, undefined);
    }
    assert.equal(lookUps(), before);
  });
});
