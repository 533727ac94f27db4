import assert from 'node:assert/strict';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { payloadOf } from '../harness/clients/jwt.mjs';
import { until } from '../harness/process/until.mjs';
import { inBothModes } from '../harness/strapi/modes.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const HOUR_S = 3600;
const ISSUER = 'https://tenant.provider.test/';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';

/** An identity provider that signs tokens by a key of its own, as Auth0, Keycloak and Clerk do. */
class Provider {
  #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  #issued = 0;

  /** The public key, by which an app verifies the tokens. */
  get key() {
    return this.#keys.publicKey.export({ type: 'spki', format: 'pem' });
  }

  /** Signs a token of a user; each has another content, as those that a client renews. */
  sign(user, claims = {}) {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + HOUR_S };
    const all = { iss: ISSUER, email: user.email, n: (this.#issued += 1), ...times, ...claims };
    const input = [{ alg: 'RS256', typ: 'JWT' }, all]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = createSign('RSA-SHA256').update(input).sign(this.#keys.privateKey);
    return `${input}.${signature.toString('base64url')}`;
  }
}

const provider = new Provider();
const WAYS = ['an identity provider', 'an identity provider with users by e-mail'];

for (const way of WAYS) {
  inBothModes(`An app with ${way}`, (mode) => {
    let server;
    let without;
    before(async () => {
      const env = { EXTEND_JWT: way, PROVIDER_KEY: provider.key };
      server = await TestServer.start({ mode, env });
      without = await TestServer.start({ mode, env: { ...env, MAGIC_ENABLED: 'false' } });
      await server.admin.register();
    });
    after(async () => {
      await server.dispose();
      await without.dispose();
    });

    /** A user with the session of the registration, which is not of the provider. */
    const signUp = async () => (await server.users.signUp()).user;
    const sessionsOf = async ({ id }) => {
      const sessions = await server.admin.sessionsOf(id);
      return sessions.filter(({ method }) => method !== 'register');
    };
    const me = (token, userAgent = 'app') => server.users.me(token, { 'user-agent': userAgent });

    it('accepts what it accepts without the plugin', async () => {
      for (const app of [server, without]) {
        const { user, jwt } = await app.users.signUp();
        for (const claims of [{ sid: 'one' }, { sub: 'two' }, { jti: 'three' }, {}]) {
          assertStatus(await app.users.me(provider.sign(user, claims)), 200);
        }
        assertStatus(await app.users.me(`opaque.${user.email}`), 200);
        assertStatus(await app.users.me(jwt), 200);
        assertStatus(await app.users.me(`opaque.nobody@example.test`), 401);
        assertStatus(await app.users.me(new Provider().sign(user, { sid: 'one' })), 401);
        const past = Math.floor(Date.now() / 1000) - 1;
        assertStatus(await app.users.me(provider.sign(user, { exp: past })), 401);
      }
    });

    it("has one session for the provider's, however many tokens it has", async () => {
      const user = await signUp();
      const sign = () => provider.sign(user, { sid: 'session-of-the-provider', sub: 'p|1' });
      const answers = await Promise.all([sign(), sign(), sign()].map((token) => me(token)));
      for (const answer of answers) assertStatus(answer, 200);
      assertStatus(await me(sign(), FIREFOX), 200);
      const [session, ...others] = await sessionsOf(user);
      assert.equal(others.length, 0);
      assert.equal(session.method, 'oauth:tenant.provider.test');
      assert.equal(session.ip, '127.0.0.1');
      assertStatus(await me(provider.sign(user, { sid: 'another' })), 200);
      assertStatus(
        await me(provider.sign(user, { sid: 'another', iss: 'https://other.test' })),
        200,
      );
      assert.equal((await sessionsOf(user)).length, 3);
    });

    it('has one session a device where the provider names none', async () => {
      const user = await signUp();
      for (const n of [1, 2, 3]) {
        assertStatus(await me(provider.sign(user, { sub: 'p|1', jti: `token-${n}` })), 200);
      }
      assertStatus(await me(provider.sign(user, { sub: 'p|1' }), FIREFOX), 200);
      const devices = (await sessionsOf(user)).map(({ device }) => device.browser);
      assert.equal(devices.length, 2);
      assert.equal(new Set(devices).size, 2);
    });

    it('has one session a device for tokens that say nothing', async () => {
      const user = await signUp();
      for (const userAgent of ['app', 'app', FIREFOX]) {
        assertStatus(await me(`opaque.${user.email}`, userAgent), 200);
      }
      assert.equal((await sessionsOf(user)).length, 2);
    });

    it("refuses every token of the provider's session once it is terminated", async () => {
      const user = await signUp();
      const sign = () => provider.sign(user, { sid: 'ended' });
      const token = sign();
      assertStatus(await me(token), 200);
      const [{ id }] = await sessionsOf(user);
      assertStatus(await server.admin.terminate(id), 200);
      for (const ended of [token, sign()]) assertRefused(await me(ended), 'admin');
      await server.restart();
      for (const ended of [token, sign()]) assertRefused(await me(ended), 'admin');
      assertStatus(await me(provider.sign(user, { sid: 'a new login' })), 200);
    });

    it('refuses the tokens of a terminated device, but for a later login', async () => {
      const user = await signUp();
      const token = provider.sign(user, { sub: 'p|1' });
      assertStatus(await me(token), 200);
      const [{ id, loggedInAt }] = await sessionsOf(user);
      assertStatus(await server.admin.terminate(id), 200);
      assertRefused(await me(token), 'admin');
      // A provider dates its tokens in whole seconds.
      const later = await until('a token after the termination', async () => {
        const renewed = provider.sign(user, { sub: 'p|1' });
        return (await me(renewed)).status === 200 && renewed;
      });
      assertRefused(await me(token), 'admin');
      assertStatus(await me(later), 200);
      const [next, first, ...others] = await sessionsOf(user);
      assert.equal(others.length, 0);
      assert.equal(first.id, id);
      assert.ok(Date.parse(next.loggedInAt) > Date.parse(loggedInAt));
    });

    it('is reached by a termination of all sessions', async () => {
      const user = await signUp();
      const [sid, sub] = [provider.sign(user, { sid: 'x' }), provider.sign(user, { sub: 'y' })];
      for (const token of [sid, sub]) assertStatus(await me(token), 200);
      assertStatus(await server.admin.terminateAll(user.id), 200);
      for (const token of [sid, sub]) assertRefused(await me(token), 'admin');
    });

    it('lets no provider name a session of the plugin, nor one of another user', async () => {
      const victim = await server.users.signUp();
      const user = await signUp();
      const { id } = await server.users.currentSession(victim.jwt);
      const own = await server.users.login(user.username);
      const ownId = (await server.users.currentSession(own.jwt)).id;
      const shared = provider.sign({ email: victim.user.email }, { sid: 'shared' });
      assertStatus(await me(shared), 200);
      const begun = new Set();
      for (const name of ['sid', 'msm', 'urn:magic-sessionmanager:session', 'sessionId']) {
        for (const named of [id, ownId, 'shared']) {
          const token = provider.sign(user, { [name]: named, type: 'access' });
          assertStatus(await me(token), 200);
          begun.add((await server.users.currentSession(token)).id);
        }
      }
      for (const session of [id, ownId]) assert.equal(begun.has(session), false);
      for (const session of begun) assertStatus(await server.admin.terminate(session), 200);
      for (const token of [victim.jwt, own.jwt, shared]) assertStatus(await me(token), 200);
    });

    it("leaves the app's own tokens as they are", async () => {
      const { jwt, user } = await server.users.signUp();
      assert.equal(payloadOf(jwt).iss, undefined);
      assertStatus(await server.users.me(jwt), 200);
      const [{ id }] = await server.admin.sessionsOf(user.id);
      assertStatus(await server.admin.terminate(id), 200);
      assertRefused(await server.users.me(jwt), 'admin');
    });
  });
}

describe('An app with an identity provider and a limit of sessions', () => {
  let server;
  before(async () => {
    server = await TestServer.start({
      mode: 'legacy-support',
      config: { maxSessionsPerUser: 2 },
      env: { EXTEND_JWT: WAYS[0], PROVIDER_KEY: provider.key },
    });
    await server.admin.register();
  });
  after(() => server.dispose());

  it("counts the provider's sessions, and evicts the oldest", async () => {
    const { user, jwt } = await server.users.signUp();
    const tokens = ['one', 'two'].map((sid) => provider.sign(user, { sid }));
    for (const token of tokens) assertStatus(await server.users.me(token), 200);
    assertRefused(await server.users.me(jwt), 'session_limit');
    for (const token of tokens) assertStatus(await server.users.me(token), 200);
  });
});
