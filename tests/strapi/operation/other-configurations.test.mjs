import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Admin } from '../../harness/clients/admin.mjs';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { request } from '../../harness/clients/request.mjs';
import { hasRefreshTokens } from '../../harness/strapi/modes.mjs';
import { PathProxy } from '../../harness/network/path-proxy.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { Users } from '../../harness/clients/users.mjs';

const PREFIX = { API_PREFIX: '/content/v2' };
const ADMIN_PATH = { ADMIN_URL: '/dashboard' };
const BASE = '/cms';
const BEHIND_PROXY = {
  PUBLIC_URL: `https://example.test${BASE}`,
  ADMIN_URL: `https://example.test${BASE}/admin`,
  TRUST_PROXY: 'true',
};
const NOT_SERVED = { SERVE_ADMIN: 'false' };
const NO_ENVIRONMENT = { NODE_ENV: undefined };

/** Each configuration with the paths it moves and, for the panel's page, the answer if it is not served. */
const CONFIGURATIONS = {
  'another prefix of the API': { env: PREFIX, api: '/content/v2' },
  'another path of the admin panel': { env: ADMIN_PATH, panel: '/dashboard' },
  'a proxy that serves it under a path': { env: BEHIND_PROXY, base: BASE },
  'an admin panel that is served elsewhere': { env: NOT_SERVED, pageStatus: 404 },
  'NODE_ENV unset': { env: NO_ENVIRONMENT },
  'all of that but the proxy, in legacy mode': {
    mode: 'legacy-support',
    env: { ...PREFIX, ...ADMIN_PATH, ...NOT_SERVED, ...NO_ENVIRONMENT },
    api: '/content/v2',
    panel: '/dashboard',
    pageStatus: 404,
  },
};

for (const [name, configuration] of Object.entries(CONFIGURATIONS)) {
  const { mode = 'refresh', env, api = '/api', panel = '/admin', base = '' } = configuration;
  const { pageStatus = 200 } = configuration;

  describe(`A Strapi with ${name}`, () => {
    let server;
    let proxy;
    let client;
    let users;
    let administrator;
    before(async () => {
      server = await TestServer.start({ mode, env });
      if (base) proxy = await PathProxy.start(base, () => server.port);
      client = {
        request: (method, path, options) => {
          const at = base + path.replace(/^\/api(?=\/)/, api);
          return request((proxy ?? server).port, method, at, options);
        },
      };
      users = new Users(client);
      administrator = await new Admin(client).register();
    });
    after(async () => {
      proxy?.stop();
      await server.dispose();
    });

    it('records a login, which its user sees', async () => {
      const { username } = await users.register();
      const { jwt } = await users.login(username);
      const [session, ...others] = await users.sessions(jwt);
      assert.equal(others.length, 1);
      assert.equal(session.method, 'password');
      assert.equal(session.ip, base ? '203.0.113.7' : '127.0.0.1');
      assert.equal(session.current, true);
    });

    it('refuses access token and refresh token of a session that an administrator terminated', async () => {
      const { jwt, refreshToken, user } = await users.signUp();
      assertStatus(await users.articles(jwt), 200);
      const [{ id }] = await administrator.sessionsOf(user.id);
      assertStatus(await administrator.terminate(id), 200);

      assertRefused(await users.me(jwt), 'admin');
      assertRefused(await users.articles(jwt), 'admin');
      if (hasRefreshTokens(mode)) assertStatus(await users.tryRefresh(refreshToken), 401);
    });

    it('terminates a session when its user does so', async () => {
      const { jwt } = await users.signUp();
      assertStatus(await users.own(jwt, 'POST', '/logout'), 200);
      assertRefused(await users.me(jwt), 'logout');
    });

    it('lets the pages of the admin panel, where they are, compile WebAssembly', async () => {
      const answer = await client.request('GET', panel);
      assertStatus(answer, pageStatus);
      if (pageStatus === 200)
        assert.match(answer.headers['content-security-policy'], /wasm-unsafe-eval/);
      const elsewhere = await client.request('GET', '/_health');
      assert.doesNotMatch(elsewhere.headers['content-security-policy'], /wasm-unsafe-eval/);
    });

    it('logs no error', () => {
      assert.ok(!/\berror:/.test(server.log), server.log);
    });
  });
}
