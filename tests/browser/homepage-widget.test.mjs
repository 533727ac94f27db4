import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ADMIN } from '../harness/clients/admin.mjs';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { storeSessions } from '../harness/fixtures/stored-sessions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const EDITOR = 'editor@example.test';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('The widget on Strapi’s homepage', { concurrency: false }, () => {
  let server;
  let browser;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    await server.admin.colleague(EDITOR, 'strapi-editor');
    browser = await AdminBrowser.logIn(server);
  });
  after(() => closeAll(server, browser));

  const widget = () => browser.page.locator('#magic-activity');
  const home = () => browser.page.goto(browser.url('/admin'));
  const shows = (text) => widget().getByText(text, { exact: true }).waitFor();
  const figure = async (name) =>
    Number(await widget().locator('dl > div').filter({ hasText: name }).locator('dd').innerText());

  it('says so while nobody has logged in', async () => {
    await home();
    await shows('No login in the last 24 hours');
    assert.equal(await figure('Online now'), 0);
  });

  it('counts who is online, who was recently, and the logins of a day', async () => {
    storeSessions(server, 3, { loggedInAgo: HOUR, lastSeenAgo: MINUTE });
    storeSessions(server, 4, { loggedInAgo: 5 * HOUR, lastSeenAgo: 10 * MINUTE });
    storeSessions(server, 5, { loggedInAgo: 30 * HOUR, lastSeenAgo: 20 * MINUTE });
    await home();
    await shows('7 logins in the last 24 hours');
    assert.equal(await figure('Online now'), 3);
    assert.equal(await figure('Last 15 minutes'), 7);
    assert.equal(await figure('Last 30 minutes'), 12);
    await widget().scrollIntoViewIfNeeded();
    await browser.picture('widget-1');
  });

  it('leads to the sessions', async () => {
    await browser.page.getByRole('link', { name: 'All sessions' }).click();
    await browser.page.getByRole('heading', { name: 'Sessions', exact: true }).waitFor();
  });

  it('says so when it gets no answer, and tries again when asked to', async () => {
    await browser.page.route('**/magic-sessionmanager/activity', (route) => route.abort());
    await home();
    await shows('The users could not be counted.');
    await widget().scrollIntoViewIfNeeded();
    await browser.picture('widget-2-failed');
    await browser.page.unroute('**/magic-sessionmanager/activity');
    await widget().getByRole('button', { name: 'Try again' }).click();
    await shows('7 logins in the last 24 hours');
  });

  it('is not shown to an administrator who may not see sessions', async () => {
    const other = await AdminBrowser.open(server);
    await other.login({ email: EDITOR, password: ADMIN.password });
    await other.page.goto(other.url('/admin'));
    await other.page.getByRole('heading', { name: 'Last edited entries' }).waitFor();
    assert.equal(await other.page.locator('#magic-activity').count(), 0);
    await other.close();
  });

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });
});
