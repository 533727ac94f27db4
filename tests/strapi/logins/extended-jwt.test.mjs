import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { payloadOf } from '../../harness/clients/jwt.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const SYNCHRONOUS = 'a service with a synchronous verify';
const CALLBACKS = 'a service with callbacks';

const OWN_KEY = 'a service with its own key';

/** What the app does to users-permissions, by the names that it has in the test app. */
const WAYS = [
  'a service in src/extensions',
  'a service replaced in register',
  'a service replaced in bootstrap',
  SYNCHRONOUS,
  'a service with another payload',
  OWN_KEY,
  CALLBACKS,
  'a strategy in src/extensions',
];
const ADDS_A_CLAIM = ['a service in src/extensions', 'a service replaced in register'];
const ADDS_A_STRATEGY = 'a strategy in src/extensions';
const ASYNCHRONOUS = 'an asynchronous service in src/extensions';

const ownHeader = (server, jwt) =>
  server.request('GET', '/api/users/me', { headers: { 'x-user-token': jwt } });

inBothModes('An app with its own jwt service or strategy', (mode) => {
  // In refresh mode users-permissions signs the tokens of logins past the service.
  const ways = hasRefreshTokens(mode) ? WAYS.filter((way) => way !== OWN_KEY) : WAYS;
  for (const way of ways) {
    describe(`by ${way}`, () => {
      let server;
      before(async () => {
        server = await TestServer.start({ mode, env: { EXTEND_JWT: way } });
        await server.admin.register();
      });
      after(() => server.dispose());

      it('has its logins recorded and terminated', async () => {
        const { username } = await server.users.register();
        const { jwt, refreshToken, user } = await server.users.login(username);
        assertStatus(await server.users.me(jwt), 200);
        const [session, ...others] = await server.admin.sessionsOf(user.id);
        assert.equal(session.method, 'password');
        assert.equal(others.length, 1);
        if (way === ADDS_A_STRATEGY) assertStatus(await ownHeader(server, jwt), 200);

        assertStatus(await server.admin.terminate(session.id), 200);
        assertRefused(await server.users.me(jwt), 'admin');
        // Whom it does not know, the strategy leaves to the next one, for which that is a visitor.
        if (way === ADDS_A_STRATEGY) assertStatus(await ownHeader(server, jwt), 403);
        if (hasRefreshTokens(mode)) assertStatus(await server.users.tryRefresh(refreshToken), 401);
      });

      it('has the tokens of other code recorded and terminated, with what the app adds', async () => {
        const { user } = await server.users.signUp();
        const { jwt } = (await server.request('POST', `/api/issuer/${user.id}`)).json;
        assertStatus(await server.users.me(jwt), 200);
        // In refresh mode Strapi itself drops what is added.
        if (mode === 'legacy-support' && ADDS_A_CLAIM.includes(way))
          assert.equal(payloadOf(jwt).tenant, 'test');
        const [{ id, method }] = await server.admin.sessionsOf(user.id);
        assert.equal(method, 'api');
        assertStatus(await server.admin.terminate(id), 200);
        assertRefused(await server.users.me(jwt), 'admin');
      });
    });
  }
});

inBothModes("An app's own code that verifies tokens", (mode) => {
  const verify = (server, way, token) =>
    server.request('POST', `/api/account/0/${way}`, { body: { token } });

  describe('by a service that returns the payload itself', () => {
    let server;
    before(async () => {
      server = await TestServer.start({ mode, env: { EXTEND_JWT: SYNCHRONOUS } });
      await server.admin.register();
    });
    after(() => server.dispose());

    it('gets it, and learns of the error at once', async () => {
      const { jwt, user } = await server.users.signUp();
      const answer = await verify(server, 'verifyAtOnce', jwt);
      assertStatus(answer, 200);
      assert.equal(answer.json.id, user.id);
      assertStatus(await verify(server, 'verifyAtOnce', 'no token'), 500);
      assertStatus(await server.users.me('no token'), 401);
      assertStatus(await server.users.me(jwt), 200);
    });

    it('does not serve a terminated session, also where it does not wait', async () => {
      const { jwt } = await server.users.signUp();
      const { id } = await server.users.currentSession(jwt);
      assertStatus(await server.admin.terminate(id), 200);
      assertRefused(await verify(server, 'verifyAtOnce', jwt), 'admin');
      assertRefused(await server.users.me(jwt), 'admin');
    });
  });

  describe('by a service with callbacks', () => {
    let server;
    before(async () => {
      server = await TestServer.start({ mode, env: { EXTEND_JWT: CALLBACKS } });
      await server.admin.register();
    });
    after(() => server.dispose());

    it('is told of a terminated session in the callback', async () => {
      const { jwt, user } = await server.users.signUp();
      const valid = await verify(server, 'verifyByCallback', jwt);
      assert.deepEqual(valid.json, { isValid: true, id: user.id });
      const { id } = await server.users.currentSession(jwt);
      assertStatus(await server.admin.terminate(id), 200);
      assert.deepEqual((await verify(server, 'verifyByCallback', jwt)).json, { isValid: false });
      assert.deepEqual((await verify(server, 'verifyByCallback', 'x')).json, { isValid: false });
    });
  });
});

// users-permissions itself does not wait for such a service in legacy mode; code of the app may.
inBothModes('An app whose jwt service issues tokens asynchronously', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode, env: { EXTEND_JWT: ASYNCHRONOUS } });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('has them recorded and terminated', async () => {
    const { user } = (await server.users.register()).json;
    const { jwt } = (await server.request('POST', `/api/issuer/${user.id}`)).json;
    assertStatus(await server.users.me(jwt), 200);
    const [session] = await server.admin.sessionsOf(user.id);
    assert.equal(session.method, 'api');
    assertStatus(await server.admin.terminate(session.id), 200);
    assertRefused(await server.users.me(jwt), 'admin');
  });
});
