import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  assertHoldsNone,
  assertNoToken,
  assertRefused,
  assertStatus,
} from '../../harness/clients/assertions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const ROTATIONS = 4;

describe('Rotations of a refresh token', () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
  });
  after(() => server.dispose());

  const heapUsed = async () => (await server.request('GET', '/api/observer/memory')).json.heapUsed;

  /** Signs a user up and exchanges the refresh token several times; returns every pair, oldest first. */
  async function rotatedSession() {
    const login = await server.users.signUp();
    const pairs = [login];
    for (let rotation = 0; rotation < ROTATIONS; rotation += 1) {
      pairs.push(await server.users.refresh(pairs.at(-1).refreshToken));
    }
    return { userId: login.user.id, pairs };
  }

  it('stay one session', async () => {
    const { userId, pairs } = await rotatedSession();
    for (const { jwt } of pairs) assertStatus(await server.users.me(jwt), 200);
    const sessions = await server.admin.sessionsOf(userId);
    assert.equal(sessions.length, 1);
    assert.equal(sessions[0].state, 'active');
  });

  it('are refused with the session: every access token and the refresh token', async () => {
    const { userId, pairs } = await rotatedSession();
    const [{ id }] = await server.admin.sessionsOf(userId);
    assertStatus(await server.admin.terminate(id), 200);
    for (const { jwt } of pairs) assertRefused(await server.users.me(jwt), 'admin');
    for (const { refreshToken } of pairs) {
      const answer = await server.users.tryRefresh(refreshToken);
      assertStatus(answer, 401);
      assertNoToken(answer);
    }
  });

  it('are known to belong together after a restart', async () => {
    const { userId, pairs } = await rotatedSession();
    await server.restart();
    pairs.push(await server.users.refresh(pairs.at(-1).refreshToken));
    const sessions = await server.admin.sessionsOf(userId);
    assert.equal(sessions.length, 1);
    await server.admin.terminate(sessions[0].id);
    for (const { jwt } of pairs) assertRefused(await server.users.me(jwt), 'admin');
  });

  it('are refused with the session however many there are', async () => {
    const { jwt, refreshToken, user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    // More than a statement can name, and more than a function takes arguments.
    for (let part = 0; part < 5; part += 1) {
      const rows = Array.from({ length: 40_000 }, (_, number) => {
        return `('${part}${number.toString(16).padStart(31, '0')}', '${id}', true)`;
      });
      server.database.run(
        `INSERT INTO magic_sessionmanager_rotations (rotated_id, session_id, used) VALUES ${rows}`,
      );
    }
    assertStatus(await server.admin.terminate(id), 200);
    assertRefused(await server.users.me(jwt), 'admin');
    assertStatus(await server.users.tryRefresh(refreshToken), 401);
  });

  it('are found by their exact ids alone', async () => {
    const { pairs } = await rotatedSession();
    const [, payload] = pairs.at(-1).refreshToken.split('.');
    const { sessionId } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const before = await heapUsed();
    for (const claimed of [
      sessionId.toUpperCase(),
      ...Array.from({ length: 40 }, (_, spaces) => sessionId.padEnd(600_000 + spaces)),
    ]) {
      const forged = Buffer.from(JSON.stringify({ sessionId: claimed })).toString('base64url');
      assertStatus(await server.users.tryRefresh(`e30.${forged}.`), 401);
    }
    assert.ok((await heapUsed()) - before < 10_000_000, 'nothing of them is remembered');
  });

  it('leave no token readable in the database', async () => {
    const { pairs } = await rotatedSession();
    const tokens = pairs.flatMap(({ jwt, refreshToken }) => [jwt, refreshToken]);
    assertHoldsNone(server.database.bytes(), tokens);
  });
});

describe('A refresh token kept in a cookie', () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh', env: { UP_REFRESH_COOKIE: 'true' } });
    await server.admin.register();
  });
  after(() => server.dispose());

  const cookiesOf = (answer) =>
    (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');

  it('refreshes the same session, and no more once that is terminated', async () => {
    const { username } = await server.users.register();
    const login = await server.users.tryLogin(username);
    assertStatus(login, 200);
    const cookie = cookiesOf(login);
    assert.match(cookie, /strapi_up_refresh=/);

    const refresh = (headers) => server.request('POST', '/api/auth/refresh', { headers, body: {} });
    const rotated = await refresh({ cookie });
    assertStatus(rotated, 200);
    const [session, ...others] = await server.admin.sessionsOf(login.json.user.id);
    assert.equal(others.length, 1);

    await server.admin.terminate(session.id);
    assertRefused(await server.users.me(rotated.json.jwt), 'admin');
    const ended = await refresh({ cookie: cookiesOf(rotated) });
    assertStatus(ended, 401);
    assertNoToken(ended);
  });
});
