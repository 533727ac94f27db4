import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 ' +
  '(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

inBothModes('The life of a session', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('begins with a login, which is recorded with user, place, device and time', async () => {
    const { username } = await server.users.register();
    const from = Date.now();
    const { user } = await server.users.login(username, { userAgent: IPHONE });
    const to = Date.now();

    const [session, ...others] = await server.admin.sessionsOf(user.id);
    assert.equal(others.length, 1, 'the registration and the login are two sessions');
    assert.match(session.id, /^[0-9a-f]{32}$/);
    assert.deepEqual(session.user, { id: user.id, username, email: `${username}@example.test` });
    assert.equal(session.ip, '127.0.0.1');
    assert.equal(session.userAgent, IPHONE);
    assert.equal(session.device.type, 'mobile');
    assert.match(session.device.browser, /Safari/);
    assert.match(session.device.os, /iOS/);
    assert.equal(session.state, 'active');
    assert.equal(session.method, 'password');
    assert.equal(session.reason, null);
    assert.equal(session.terminatedAt, null);
    for (const at of [session.loggedInAt, session.lastSeenAt]) {
      assert.ok(Date.parse(at) >= from && Date.parse(at) <= to, `${at} is the time of the login`);
    }
  });

  it('begins with a registration as well', async () => {
    const { user, jwt } = await server.users.signUp();
    const sessions = await server.admin.sessionsOf(user.id);
    assert.equal(sessions.length, 1);
    assert.equal(sessions[0].state, 'active');
    assertStatus(await server.users.me(jwt), 200);
  });

  it('is terminated for the access token and the refresh token when an administrator terminates it', async () => {
    const { jwt, refreshToken, user } = await server.users.signUp();
    assertStatus(await server.users.me(jwt), 200);
    assertStatus(await server.users.articles(jwt), 200);
    const [{ id }] = await server.admin.sessionsOf(user.id);

    const answer = await server.admin.terminate(id);
    assertStatus(answer, 200);
    assert.equal(answer.json.data.id, id);
    assert.equal(answer.json.data.state, 'terminated');
    assert.equal(answer.json.data.reason, 'admin');
    assert.ok(Math.abs(Date.parse(answer.json.data.terminatedAt) - Date.now()) < 60_000);

    assertRefused(await server.users.me(jwt), 'admin');
    assertRefused(await server.users.articles(jwt), 'admin');
    if (hasRefreshTokens(mode)) {
      const refresh = await server.users.tryRefresh(refreshToken);
      assertStatus(refresh, 401);
      assertNoToken(refresh);
    }
  });

  it('leaves the other sessions of the user alone', async () => {
    const { username } = await server.users.register();
    const kept = await server.users.login(username);
    const ended = await server.users.login(username);
    const { user } = ended;
    const [newest] = await server.admin.sessionsOf(user.id);
    assertStatus(await server.admin.terminate(newest.id), 200);

    assertRefused(await server.users.me(ended.jwt), 'admin');
    assertStatus(await server.users.me(kept.jwt), 200);
    if (hasRefreshTokens(mode)) {
      const { jwt } = await server.users.refresh(kept.refreshToken);
      assertStatus(await server.users.me(jwt), 200);
    }
    const states = (await server.admin.sessionsOf(user.id)).map((session) => session.state);
    assert.deepEqual(states, ['terminated', 'active', 'active']);
  });

  it('can be terminated twice without harm, and keeps its first reason and time', async () => {
    const { user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    const first = await server.admin.terminate(id);
    const second = await server.admin.terminate(id);
    assertStatus(second, 200);
    assert.deepEqual(second.json.data, first.json.data);
  });

  it('is terminated together with all others of its user', async () => {
    const { username, json } = await server.users.register();
    const tokens = [json.jwt, (await server.users.login(username)).jwt];
    const answer = await server.admin.terminateAll(json.user.id);
    assertStatus(answer, 200);
    assert.deepEqual(answer.json, { data: { terminated: 2 } });
    for (const jwt of tokens) assertRefused(await server.users.me(jwt), 'admin');
    const again = await server.admin.terminateAll(json.user.id);
    assert.deepEqual(again.json, { data: { terminated: 0 } });
  });

  it('does not keep its user from logging in again', async () => {
    const { username, json } = await server.users.register();
    await server.admin.terminateAll(json.user.id);
    const { jwt } = await server.users.login(username);
    assertStatus(await server.users.me(jwt), 200);
  });

  it('does not begin with a wrong password', async () => {
    const { username, json } = await server.users.register();
    const answer = await server.request('POST', '/api/auth/local', {
      body: { identifier: username, password: 'wrong-Password-1' },
    });
    assertStatus(answer, 400);
    assert.equal((await server.admin.sessionsOf(json.user.id)).length, 1);
  });
});
