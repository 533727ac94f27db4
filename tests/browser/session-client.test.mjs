import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { launchChromium } from '../harness/browser/browser.mjs';
import { payloadOf, sign } from '../harness/clients/jwt.mjs';
import { StaticSite } from '../harness/network/static-site.mjs';
import { TEST_SECRETS, TestServer } from '../harness/strapi/test-server.mjs';
import { until } from '../harness/process/until.mjs';
import { PASSWORD } from '../harness/clients/users.mjs';

const CLIENT = new URL('../../docs/examples/session-client.mjs', import.meta.url);

const pageFor = (server) => `<!doctype html>
  <title>A front end</title>
  <p id="why"></p>
  <script type="module">
    import { createSessionClient, createSharedState } from '/session-client.mjs';
    window.state = createSharedState();
    window.client = createSessionClient({
      baseUrl: 'http://127.0.0.1:${server.port}',
      onTerminated: (why) => (document.querySelector('#why').textContent = why),
    });
  </script>`;

/** A promise and what resolves it; Node has that of its own from 22 on. */
function withResolvers() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}

/** The ways in which Strapi hands out the refresh token. */
const PLACES = { body: 'false', cookie: 'true' };

for (const [place, httpOnly] of Object.entries(PLACES)) {
  describe(`The client of the documentation (refresh token in the ${place})`, () => {
    let server;
    let site;
    let browser;
    before(async () => {
      server = await TestServer.start({ mode: 'refresh', env: { UP_REFRESH_COOKIE: httpOnly } });
      await server.admin.register();
      site = await StaticSite.serve({ '/': pageFor(server), '/session-client.mjs': CLIENT });
      browser = await launchChromium();
    });
    after(async () => {
      await browser?.close();
      await site?.close();
      await server.dispose();
    });

    let context;
    let tabs;
    let user;
    /** Opens two tabs of a browser in which a new user is logged in. */
    beforeEach(async () => {
      await context?.close();
      context = await browser.newContext();
      tabs = await Promise.all([openTab(), openTab()]);
      user = await logInAsSomebodyNew(tabs[0]);
    });

    /** Logs a new user in in a tab and returns that user. */
    async function logInAsSomebodyNew(tab) {
      const { username, json } = await server.users.register();
      const login = ([name, password]) => window.client.logIn(name, password).then(({ ok }) => ok);
      assert.ok(await tab.evaluate(login, [username, PASSWORD]));
      return json.user;
    }

    async function openTab() {
      const tab = await context.newPage();
      await tab.goto(site.origin);
      await tab.waitForFunction(() => window.client !== undefined);
      return tab;
    }

    /** Asks in a tab who is logged in, and gives the status of the answer. */
    const me = (tab) =>
      tab.evaluate(() => window.client.request('/api/users/me').then(({ status }) => status));

    const stored = () => tabs[0].evaluate(() => window.state.read());

    const shownWhy = (tab) => tab.locator('#why').textContent();

    /** Replaces the access token by the same one, expired a minute ago. */
    async function expireAccessToken() {
      const state = await stored();
      const payload = payloadOf(state.jwt);
      assert.equal(sign(payload, TEST_SECRETS.JWT_SECRET), state.jwt);
      const exp = Math.floor(Date.now() / 1000) - 60;
      const jwt = sign({ ...payload, exp }, TEST_SECRETS.JWT_SECRET);
      await tabs[0].evaluate((state) => window.state.write(state), { ...state, jwt });
    }

    /** Ends the newest session of the user, that of the login in the browser. */
    async function terminate() {
      const [session] = await server.admin.sessionsOf(user.id);
      assert.equal((await server.admin.terminate(session.id)).status, 200);
    }

    /** Holds refreshes back until both tabs were refused; gives refusals and refreshes as they come. */
    async function holdUntilBothAreRefused() {
      const refused = [];
      const refreshes = [];
      context.on('response', (response) => {
        if (response.url().endsWith('/api/users/me') && response.status() === 401)
          refused.push(response);
      });
      await context.route('**/api/auth/refresh', async (route) => {
        if (route.request().method() === 'POST') refreshes.push(route.request());
        await until('both tabs were refused', () => refused.length === tabs.length);
        await route.continue();
      });
      return { refused, refreshes };
    }

    it('is logged in in every tab at once', async () => {
      assert.deepEqual(await Promise.all(tabs.map(me)), [200, 200]);
      assert.equal((await stored()).refreshToken !== undefined, place === 'body');
    });

    it('refreshes once when two tabs find the access token expired', async () => {
      await expireAccessToken();
      const { refused, refreshes } = await holdUntilBothAreRefused();
      assert.deepEqual(await Promise.all(tabs.map(me)), [200, 200]);
      assert.equal(refused.length, 2);
      assert.equal(refreshes.length, 1);
      assert.deepEqual(await Promise.all(tabs.map(me)), [200, 200]);
      assert.equal(refreshes.length, 1);
    });

    it('says in every tab why an administrator logged it out, by the header alone', async () => {
      await terminate();
      assert.equal(await me(tabs[0]), 401);
      for (const tab of tabs) {
        await until('the tab says why', async () => (await shownWhy(tab)) !== '');
        assert.equal(await shownWhy(tab), 'An administrator has terminated your session.');
      }
      assert.deepEqual(Object.keys(await stored()), ['why']);
    });

    it('says why when only the refresh finds out', async () => {
      await expireAccessToken();
      await terminate();
      const { refreshes } = await holdUntilBothAreRefused();
      assert.deepEqual(await Promise.all(tabs.map(me)), [401, 401]);
      assert.ok(refreshes.length > 0);
      for (const tab of tabs) {
        await until('the tab says why', async () => (await shownWhy(tab)) !== '');
        assert.equal(await shownWhy(tab), 'An administrator has terminated your session.');
      }
    });

    it('finds the reason in the body where a proxy hides the header', async () => {
      const { jwt } = await stored();
      await terminate();
      const url = `http://127.0.0.1:${server.port}/api/users/me`;
      const reasons = () =>
        tabs[0].evaluate(
          async ([url, jwt]) => {
            const answer = await fetch(url, { headers: { Authorization: `Bearer ${jwt}` } });
            const { error } = await answer.json();
            return [answer.headers.get('X-Session-Terminated-Reason'), error.details.reason];
          },
          [url, jwt],
        );
      await context.route(url, async (route) => {
        const response = await route.fetch();
        const headers = { ...response.headers(), 'access-control-expose-headers': 'X-Own' };
        await route.fulfill({ response, headers });
      });
      assert.deepEqual(await reasons(), [null, 'admin']);
      await context.unroute(url);
      assert.deepEqual(await reasons(), ['admin', 'admin']);
    });

    it('keeps its tokens while the server cannot refresh', async () => {
      await expireAccessToken();
      await context.route('**/api/auth/refresh', (route) =>
        route.request().method() === 'POST' ? route.fulfill({ status: 503 }) : route.continue(),
      );
      assert.equal(await me(tabs[0]), 401);
      await context.unroute('**/api/auth/refresh');
      assert.equal(await me(tabs[1]), 200);
      assert.equal(await shownWhy(tabs[0]), '');
    });

    it('leaves a login alone that came while an older one was refused', async () => {
      await terminate();
      const answered = withResolvers();
      const loggedIn = withResolvers();
      await tabs[0].route('**/api/users/me', async (route) => {
        const response = await route.fetch();
        answered.resolve(response.status());
        await loggedIn.promise;
        await route.fulfill({ response });
      });
      const asked = me(tabs[0]);
      assert.equal(await answered.promise, 401);
      await logInAsSomebodyNew(tabs[1]);
      loggedIn.resolve();
      assert.equal(await asked, 200);
      assert.equal(await me(tabs[1]), 200);
      assert.equal(await shownWhy(tabs[1]), '');
    });

    it('logs out in every tab, and for real', async () => {
      const { jwt } = await stored();
      assert.ok(await tabs[0].evaluate(() => window.client.logOut().then(({ ok }) => ok)));
      await until('the other tab says so', async () => (await shownWhy(tabs[1])) !== '');
      assert.equal(await shownWhy(tabs[1]), 'You have logged out.');
      assert.equal((await server.users.me(jwt)).status, 401);
      const refresh = await tabs[1].evaluate(
        (url) => fetch(url, { method: 'POST', credentials: 'include' }).then(({ ok }) => ok),
        `http://127.0.0.1:${server.port}/api/auth/refresh`,
      );
      assert.equal(refresh, false);
    });
  });
}
