import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hasRefreshTokens } from '../harness/strapi/modes.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';
import { until } from '../harness/process/until.mjs';

/** What the plugin promises whatever it runs with; each cell of the matrix runs all of this. */
const MODES = (process.env.MAGIC_MATRIX_MODES ?? 'legacy-support,refresh').split(',');
const IDLE_MS = 1000;

for (const mode of MODES) {
  describe(`A fresh app with the plugin (${mode})`, () => {
    let server;
    let admin;
    let users;

    before(async () => {
      const config = { inactivityTimeout: IDLE_MS };
      server = await TestServer.start({
        mode,
        config,
        env: { TRUST_PROXY: 'true' },
        byCommand: true,
      });
      ({ users } = server);
      // In production, older versions let administrators in over HTTPS only.
      admin = await server.admin.register({ 'x-forwarded-proto': 'https' });
    });

    after(() => server?.dispose());

    const login = async () => {
      const { username } = await users.register();
      const { jwt, refreshToken, user } = await users.login(username);
      const [session] = await admin.sessionsOf(user.id);
      return { jwt, refreshToken, session };
    };

    it('records a login', async () => {
      const { session } = await login();
      assert.equal(session.state, 'active');
      assert.equal(session.method, 'password');
      assert.equal(session.ip, '127.0.0.1');
      assert.equal(session.device.browser, 'Chrome 131');
    });

    it('terminates it for the access token and the refresh token', async () => {
      const { jwt, refreshToken, session } = await login();
      assert.equal((await users.me(jwt)).status, 200);

      assert.equal((await admin.terminate(session.id)).status, 200);

      const refused = await users.me(jwt);
      assert.equal(refused.status, 401);
      assert.equal(refused.headers['x-session-terminated-reason'], 'admin');
      assert.equal(refused.json.error.details.reason, 'admin');
      if (hasRefreshTokens(mode)) assert.equal((await users.tryRefresh(refreshToken)).status, 401);
    });

    if (hasRefreshTokens(mode)) {
      it('keeps a session over a refresh', async () => {
        const { refreshToken, session } = await login();
        const { jwt } = await users.refresh(refreshToken);
        assert.equal((await users.currentSession(jwt)).id, session.id);
      });
    }

    it('marks an idle session inactive, and its next request brings it back', async () => {
      const { jwt, session } = await login();
      await until('the session is inactive', async () => {
        await admin.cleanUp();
        return (await admin.session(session.id)).json.data.state === 'inactive';
      });
      assert.equal((await users.me(jwt)).status, 200);
      await until('the session is active', async () => {
        return (await admin.session(session.id)).json.data.state === 'active';
      });
    });

    it('knows the versions that it runs on', () => {
      assert.ok(!server.log.includes('not tested with'), server.log);
    });

    it('changes a setting', async () => {
      const body = { settings: { maxSessionsPerUser: 2 } };
      const { json } = await admin.request('PUT', '/magic-sessionmanager/settings', body);
      const limit = json.data.settings.find(({ name }) => name === 'maxSessionsPerUser');
      assert.deepEqual([limit.value, limit.source], [2, 'admin']);
    });

    it('serves the admin with the plugin built in', async () => {
      const page = await server.request('GET', '/admin');
      assert.equal(page.status, 200);
      const sources = Array.from(
        page.text.matchAll(/<script[^>]* src="([^"]+)"/g),
        ([, src]) => src,
      );
      const scripts = await Promise.all(sources.map((src) => server.request('GET', src)));
      assert.ok(
        scripts.some(({ text }) => text.includes('"magic-sessionmanager"')),
        page.text,
      );
      assert.ok(!server.log.includes('error:'), server.log);
    });
  });
}
