import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { FULL_DISK } from '../../harness/sql/triggers.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

inBothModes("Tokens issued by an app's own code", (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  const issue = (id, way) => server.request('POST', `/api/issuer/${id}/${way}`);

  it('as the last thing in a transaction have a session', async () => {
    const { user } = await server.users.signUp();
    for (let time = 0; time < 5; time += 1) {
      const answer = await issue(user.id, 'transaction');
      assertStatus(answer, 200);
      assertStatus(await server.users.me(answer.json.jwt), 200);
    }
    assert.equal((await server.admin.sessionsOf(user.id)).length, 6);
  });

  it('in a transaction that is rolled back are refused', async () => {
    const { user } = await server.users.signUp();
    const answer = await issue(user.id, 'rolledBack');
    assertStatus(answer, 200);
    assertStatus(await server.users.me(answer.json.jwt), 401);
  });

  it('around the middlewares of Strapi have a session and are told why they are refused', async () => {
    const { user } = await server.users.signUp();
    const { json } = await server.request('GET', `/outside/login/${user.id}`);
    const verify = () => server.request('GET', '/outside/verify/0', { bearer: json.jwt });
    assertStatus(await verify(), 200);
    assertStatus(await server.users.me(json.jwt), 200);
    const { id } = await server.users.currentSession(json.jwt);
    await server.admin.terminate(id);
    const refused = await verify();
    assertStatus(refused, 401);
    assert.equal(refused.headers['x-session-terminated-reason'], 'admin');
    assertRefused(await server.users.me(json.jwt), 'admin');
  });

  it('around the middlewares of Strapi do not leave when they cannot be recorded', async () => {
    const { user } = await server.users.signUp();
    server.database.run(FULL_DISK.damage);
    try {
      const answer = await server.request('GET', `/outside/login/${user.id}`);
      assert.ok(answer.status >= 500, answer.text);
      assert.doesNotMatch(answer.text, /eyJ/);
    } finally {
      server.database.run(FULL_DISK.remedy);
    }
  });

  it('in header fields do not leave when they cannot be recorded', async () => {
    const { user } = await server.users.signUp();
    const told = await issue(user.id, 'headers');
    assertStatus(told, 200);
    assertStatus(await server.users.me(told.headers['x-access-token']), 200);
    server.database.run(FULL_DISK.damage);
    try {
      const answer = await issue(user.id, 'headers');
      assert.ok(answer.status >= 500, answer.text);
      assertNoToken(answer);
    } finally {
      server.database.run(FULL_DISK.remedy);
    }
  });

  it('leave in responses that no cache keeps', async () => {
    const { username, json, headers } = await server.users.register();
    assert.equal(headers['cache-control'], 'no-store');
    for (const answer of [
      await server.users.tryLogin(username),
      await issue(json.user.id, 'awaited'),
      ...(json.refreshToken ? [await server.users.tryRefresh(json.refreshToken)] : []),
    ]) {
      assertStatus(answer, 200);
      assert.equal(answer.headers['cache-control'], 'no-store');
    }
    assert.equal((await server.users.me(json.jwt)).headers['cache-control'], undefined);
  });
});
