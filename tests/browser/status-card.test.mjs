import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ADMIN } from '../harness/clients/admin.mjs';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { RedisServer } from '../harness/redis/redis-server.mjs';
import { storeSessions } from '../harness/fixtures/stored-sessions.mjs';
import { TEST_KEY, TestServer } from '../harness/strapi/test-server.mjs';
import { betweenCleanUps, until } from '../harness/process/until.mjs';

const PATH = '/admin/settings/magic-sessionmanager';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const TUNER = 'tuner@example.test';
const OTHER_KEY = Buffer.alloc(32, 7).toString('base64');

describe('The status on the Settings page', { concurrency: false }, () => {
  let server;
  let browser;
  before(async () => {
    server = await TestServer.start({
      mode: 'refresh',
      env: { SESSION_ENCRYPTION_KEY: OTHER_KEY },
    });
    await server.admin.register();
    await server.users.signUp();
    browser = await AdminBrowser.logIn(server, { path: PATH });
  });
  after(() => closeAll(server, browser, 'status-3-after-the-tests'));

  const row = (name) => browser.page.locator('dl > div').filter({ hasText: name });
  const shows = (name, text) => row(name).getByText(text, { exact: false }).waitFor();

  it('says what there is to know', async () => {
    await shows('Stored tokens', 'All tokens use the current key');
    await shows('Tokens sealed', 'Replace the key at 2,147,483,648');
    assert.equal(await row('Core failures').locator('dd p').first().innerText(), '0');
    await shows('Version', 'Core in WebAssembly:');
    await shows("Protection at Strapi's functions", 'Proven at the start of this instance');
    await shows('Instances', 'Not counted without Redis');
    await shows('Last answer from the database', 'older than 2,000 ms is not trusted');
    assert.match(
      await row('Last answer from').locator('dd p').first().innerText(),
      /^[\d,]+ ms ago$/,
    );
    await browser.picture('status-1');
  });

  it('cleans up when asked to, and says what that did', async () => {
    const terminated = { state: 'terminated', loggedInAgo: 50 * DAY, lastSeenAgo: 40 * DAY };
    storeSessions(server, 7, { ...terminated, terminatedAgo: 40 * DAY });
    await betweenCleanUps();
    await browser.page.getByRole('button', { name: 'Run now' }).click();
    const did = '0 marked inactive · 0 terminated · 7 deleted';
    await shows('Last clean-up', did);
    await browser.page
      .getByRole('alert')
      .getByText(did)
      .or(browser.page.getByRole('status').getByText(did))
      .first()
      .waitFor();
  });

  it('says how far a clean-up has come that another instance is at', async () => {
    const now = Date.now();
    server.database.run(`UPDATE magic_sessionmanager_jobs SET holder = 'another',
      held_until_ms = ${now + MINUTE}, started_at_ms = ${now - MINUTE},
      finished_at_ms = ${now - DAY},
      inactive_so_far = 12000, terminated_so_far = 3, deleted_so_far = 400`);
    await browser.page.reload();
    await shows('Clean-up started', '1 minute ago');
    await shows('Clean-up started', 'So far 12,000 marked inactive · 3 terminated · 400 deleted');
    const button = browser.page.getByRole('button', { name: 'Run now' });
    assert.ok(await button.isDisabled());
    await button.scrollIntoViewIfNeeded();
    await browser.picture('status-4-clean-up-running');
    server.database.run(`UPDATE magic_sessionmanager_jobs SET holder = '', held_until_ms = 0,
      finished_at_ms = ${now}, inactive = 12000, terminated = 3, deleted = 500`);
    await shows('Last clean-up', '12,000 marked inactive · 3 terminated · 500 deleted');
    assert.ok(await button.isEnabled());
  });

  it('tells of a key that the stored tokens are under and that is gone', async () => {
    await server.restart({ SESSION_ENCRYPTION_KEY: TEST_KEY });
    await server.admin.login();
    const status = async () => (await server.admin.status()).json.data;
    await until('all tokens are looked at', async () => (await status()).resealing?.done);
    await browser.page.goto(browser.url(PATH));
    await shows('Stored tokens', 'Some tokens use a key that is not configured');
    await shows('Stored tokens', '1 token under an unknown key');
    await browser.picture('status-2-unknown-key');
  });

  it('tells at which functions of Strapi sessions are not protected', async () => {
    await server.restart({
      REPLACE_FUNCTIONS: 'issue is replaced',
      MAGIC_CONFIG: '{"strict":false}',
    });
    await server.admin.login();
    await browser.page.goto(browser.url(PATH));
    await shows("Protection at Strapi's functions", 'plugin::users-permissions.jwt.issue');
    await shows("Protection at Strapi's functions", 'The log of this instance says why');
    await browser.picture('status-5-unprotected');
  });

  it('says what is remembered of who asks, where that is on', async () => {
    assert.equal(await row('Users and permissions in memory').count(), 0);
    await server.restart({
      REPLACE_FUNCTIONS: '',
      MAGIC_CONFIG: '{"principalCache":{"maxAgeMs":10000}}',
    });
    await server.admin.login();
    const { jwt } = await server.users.signUp();
    for (let sent = 0; sent < 4; sent += 1) await server.users.me(jwt);
    await browser.page.goto(browser.url(PATH));
    // The user is also read when the token is verified.
    await shows('Users and permissions in memory', /1[23] of 1[56] reads spared/);
    await shows('Users and permissions in memory', 'A change counts here at once');
    await row('Users and permissions in memory').scrollIntoViewIfNeeded();
    await browser.picture('status-7-principal-cache');
  });

  it('warns of an address that most users share, and says what to set', async () => {
    assert.equal(await row('Shared address').count(), 0);
    const ago = { loggedInAgo: MINUTE, lastSeenAgo: MINUTE };
    for (let userId = 1001; userId <= 1025; userId += 1)
      storeSessions(server, 1, { userId, ...ago });
    server.database.run(
      "UPDATE magic_sessionmanager_sessions SET ip = '192.0.2.1' WHERE user_id > 1000",
    );
    await browser.page.reload();
    await shows('Shared address', '25 users logged in from 192.0.2.1');
    await shows('Shared address', 'set failedLogins.trustedNetworks');
    await browser.picture('status-6-shared-address');
  });

  it('is told apart from what an administrator may not see', async () => {
    const role = await server.admin.role('Tuners', ['plugin::magic-sessionmanager.settings']);
    await server.admin.colleague(TUNER, role);
    const other = await AdminBrowser.open(server);
    await other.login({ email: TUNER, password: ADMIN.password });
    await other.page.goto(other.url(PATH));
    await other.page.getByText('To see the status, you need').waitFor();
    await other.page.getByText('To see the effect on the current sessions, you need').waitFor();
    await other.page.getByRole('slider', { name: 'Login' }).waitFor();
    await other.picture('settings-6-without-read');
    await other.close();
  });

  it('says so when there is no answer, and tries again when asked to', async () => {
    const path = '**/magic-sessionmanager/status*';
    await browser.page.route(path, (route) => route.abort());
    await browser.page.reload();
    const failed = browser.page.getByRole('alert').filter({ hasText: 'The status could not be' });
    await failed.waitFor();
    await browser.page.unroute(path);
    await failed.getByRole('button', { name: 'Try again' }).click();
    await shows('Version', 'Core in WebAssembly:');
  });

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });
});

describe('The status of an instance with Redis', { concurrency: false }, () => {
  let redis;
  let server;
  let browser;
  before(async () => {
    redis = await RedisServer.start();
    server = await TestServer.start({ env: { REDIS_URL: redis.url } });
    await server.admin.register();
    await server.users.signUp();
    browser = await AdminBrowser.logIn(server);
  });
  after(async () => {
    await browser?.close();
    await server?.dispose();
    await redis.dispose();
  });

  const row = (name) => browser.page.locator('dl > div').filter({ hasText: name });
  const value = (name) => row(name).locator('dd p').first();
  const redisView = async () => (await server.admin.status()).json.data.redis;
  const knows = (what, isSo) => until(what, async () => isSo(await redisView()));

  it('says that it is connected, how fast it answers, and how many instances there are', async () => {
    await knows('Redis was asked', ({ connected, pingMs }) => connected && pingMs !== null);
    await browser.page.goto(browser.url(PATH));
    await row('Redis').getByText('Connected', { exact: true }).waitFor();
    await row('Redis')
      .getByText(/^Answers in \d+ ms$/)
      .waitFor();
    assert.equal(await value('Instances').innerText(), '1');
    await row('Redis').scrollIntoViewIfNeeded();
    await browser.picture('status-5-redis');
  });

  it('says since when it is disconnected', async () => {
    await redis.crash();
    await knows('Redis is missed', ({ connected }) => !connected);
    await browser.page.reload();
    await row('Redis')
      .getByText(/^Disconnected since \S/)
      .waitFor();
    assert.equal(await row('Redis').getByText('Answers in').count(), 0);
    await row('Redis').scrollIntoViewIfNeeded();
    await browser.picture('status-6-redis-away');
  });
});
