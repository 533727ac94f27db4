import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const MAX = 2;

inBothModes('A user with as many sessions as allowed', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode, config: { maxSessionsPerUser: MAX } });
    await server.admin.register();
  });
  after(() => server.dispose());

  const liveOf = async (user) =>
    (await server.admin.sessionsOf(user.id)).filter(({ state }) => state !== 'terminated');

  it('loses the oldest by another login', async () => {
    const { username, json: first } = await server.users.register();
    const second = await server.users.login(username);
    const third = await server.users.login(username);

    assertRefused(await server.users.me(first.jwt), 'session_limit');
    for (const { jwt } of [second, third]) assertStatus(await server.users.me(jwt), 200);
    assert.equal((await liveOf(first.user)).length, MAX);
    if (!hasRefreshTokens(mode)) return;
    assertStatus(await server.users.tryRefresh(first.refreshToken), 401);
    await server.users.refresh(third.refreshToken);
    assert.equal((await liveOf(first.user)).length, MAX);
  });

  it('has no more of them after many logins at once', async () => {
    const { username, json } = await server.users.register();
    const logins = await Promise.all(
      Array.from({ length: 12 }, () => server.users.tryLogin(username)),
    );
    // One may be overtaken by so many others that it has ended before it is answered.
    const overtaken = logins.filter(({ status }) => status !== 200);
    for (const answer of overtaken) {
      assertStatus(answer, 403);
      assert.equal(answer.json.error.details.reason, 'session_limit');
    }
    const taken = logins.filter(({ status }) => status === 200);
    const answers = await Promise.all(taken.map(({ json: { jwt } }) => server.users.me(jwt)));
    assert.equal(answers.filter(({ status }) => status === 200).length, MAX);
    assert.equal((await liveOf(json.user)).length, MAX);
  });
});

inBothModes('A user who may not log in once more', (mode) => {
  let server;
  before(async () => {
    const config = { maxSessionsPerUser: MAX, onLimit: 'deny-new' };
    server = await TestServer.start({ mode, config, env: { UP_REFRESH_COOKIE: 'true' } });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('is told so, gets no token, and keeps the sessions there are', async () => {
    const { username, json: first } = await server.users.register();
    const second = await server.users.login(username);

    const answer = await server.users.tryLogin(username);
    assertStatus(answer, 403);
    assert.equal(answer.json.error.details.reason, 'session_limit');
    assertNoToken(answer);
    assert.equal(answer.headers['set-cookie'], undefined);
    for (const { jwt } of [first, second]) assertStatus(await server.users.me(jwt), 200);
  });

  it('may again after a logout', async () => {
    const { username, json } = await server.users.register();
    const { jwt } = await server.users.login(username);
    assertStatus(await server.users.tryLogin(username), 403);
    const logout = '/api/magic-sessionmanager/logout';
    assertStatus(await server.request('POST', logout, { bearer: jwt }), 200);
    assertStatus(await server.users.me(json.jwt), 200);
    assertStatus(await server.users.tryLogin(username), 200);
  });

  it('never has too many sessions, however many logins come at once', async () => {
    const { username, json } = await server.users.register();
    const logins = Array.from({ length: 12 }, () => server.users.tryLogin(username));
    const answers = await Promise.all(logins);
    const taken = answers.filter(({ status }) => status === 200);
    assert.ok(taken.length < MAX, `${taken.length} logins beside the registration`);
    for (const { json: login } of taken) assertStatus(await server.users.me(login.jwt), 200);
    assertStatus(await server.users.me(json.jwt), 200);
  });
});
