import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { payloadOf } from '../../harness/clients/jwt.mjs';
import { logInByProvider } from '../../harness/clients/provider-login.mjs';
import { LoginProvider } from '../../harness/network/login-provider.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { until } from '../../harness/process/until.mjs';

const PERSON = { username: 'olivia', email: 'olivia@example.test' };

inBothModes('The session of a login', (mode) => {
  let server;
  let provider;
  before(async () => {
    provider = await LoginProvider.start(PERSON);
    server = await TestServer.start({ mode, env: { TEST_OAUTH_URL: provider.url } });
    await server.admin.register();
  });
  after(async () => {
    await server.dispose();
    await provider.stop();
  });

  /** Asserts that a token belongs to one new session, shown with this method, that can be ended. */
  async function assertSession(jwt, method) {
    assertStatus(await server.users.me(jwt), 200);
    const session = await server.users.currentSession(jwt);
    assert.equal(session.method, method);
    assert.equal(session.ip, '127.0.0.1');
    assertStatus(await server.users.own(jwt, 'POST', '/logout'), 200);
    assertRefused(await server.users.me(jwt), 'logout');
  }

  const issued = async (user, way) => {
    const answer = await server.request('POST', `/api/issuer/${user.id}/${way}`);
    assertStatus(answer, 200);
    return answer.json.jwt;
  };

  it('names a registration and a password', async () => {
    const { username, json } = await server.users.register();
    await assertSession((await server.users.login(username)).jwt, 'password');
    await assertSession(json.jwt, 'register');
  });

  it('names the plugin for magic links', async () => {
    const { user } = await server.users.signUp();
    const answer = await server.request('GET', `/api/magic-link/login/${user.id}`);
    assertStatus(answer, 200);
    await assertSession(answer.json.jwt, 'magic-link');
  });

  it('names any other code that issues a token', async () => {
    const { user } = await server.users.signUp();
    await assertSession(await issued(user, 'awaited'), 'api');
  });

  it('begins when an address is confirmed and the user returned', async () => {
    const { user } = await server.users.signUp();
    await assertSession(await issued(user, 'confirmation'), 'api');
  });

  it('names the provider that authenticated the user', async () => {
    for (const visit of ['first', 'second']) {
      const { asked, returned, answer } = await logInByProvider(server);
      assert.equal(asked.origin, provider.url);
      assert.equal(`${returned.origin}${returned.pathname}`, `${provider.url}/done`, visit);
      assertStatus(answer, 200);
      assert.equal(answer.json.user.email, PERSON.email);
      await assertSession(answer.json.jwt, 'oauth:test-provider');
    }
  });

  if (mode === 'legacy-support') {
    it('begins with a token that nobody waited for', async () => {
      const { user } = await server.users.signUp();
      const jwt = await issued(user, 'direct');
      assert.equal(payloadOf(jwt).context, 'issuer');
      await assertSession(jwt, 'api');
    });

    it('takes the claims that a payload gives of itself', async () => {
      const { user } = await server.users.signUp();
      const jwt = await issued(user, 'document');
      const { id, context, hidden, msm } = payloadOf(jwt);
      assert.deepEqual(
        { id, context, hidden },
        { id: user.id, context: 'issuer', hidden: undefined },
      );
      assert.match(msm, /^[0-9a-f]{32}$/);
      await assertSession(jwt, 'api');
    });
  } else {
    it('begins with a refresh token that a plugin asks of Strapi, and lives on with it', async () => {
      const { user } = await server.users.signUp();
      const pair = (await server.request('POST', `/api/issuer/${user.id}/pair`)).json;
      const { id } = await server.users.currentSession(pair.jwt);
      const { jwt, refreshToken } = await server.users.refresh(pair.refreshToken);
      assert.equal((await server.users.currentSession(jwt)).id, id);
      await assertSession(jwt, 'api');
      assertStatus(await server.users.tryRefresh(refreshToken), 401);
    });

    it('begins with a token that nobody waited for, which Strapi then keeps', async () => {
      const { user } = await server.users.signUp();
      assert.deepEqual(await issued(user, 'unawaited'), {});
      await until('the session is there', async () => {
        return (await server.admin.sessionsOf(user.id)).length === 2;
      });
    });
  }
});
