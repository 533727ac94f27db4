import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';

/** How long the page may take to show something: it asks for news every ten seconds. */
const NEWS_MS = 25_000;

describe('The Sessions page', { concurrency: false }, () => {
  let server;
  let browser;
  let login;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
    browser = await AdminBrowser.open(server);
  });
  after(() => closeAll(server, browser, 'sessions-5-after-the-tests'));

  const row = () => browser.page.getByRole('row').filter({ hasText: login.user.username });
  const shows = (locator) => locator.waitFor({ state: 'visible', timeout: NEWS_MS });

  it('is reached from the sidebar, and says what will appear while there is nothing', async () => {
    await browser.login();
    await browser.page.getByRole('link', { name: 'Sessions', exact: true }).click();
    await browser.page.waitForURL('**/admin/plugins/magic-sessionmanager**');
    await shows(browser.page.getByRole('heading', { name: 'Sessions', exact: true }));
    await shows(browser.page.getByText('No sessions yet', { exact: false }));
    await browser.picture('sessions-1-empty');
  });

  it('shows a login without being reloaded', async () => {
    login = await server.users.signUp({ userAgent: FIREFOX });
    await shows(row());
    await shows(row().getByText('Active', { exact: true }));
    await shows(row().getByText('127.0.0.1'));
    await shows(row().getByText('Firefox 133 · Linux', { exact: true }));
    await browser.picture('sessions-2-active');
  });

  it('terminates a session after asking, and shows that it is terminated', async () => {
    assertStatus(await server.users.me(login.jwt), 200);
    await row().getByRole('button', { name: 'Terminate', exact: false }).click();
    const dialog = browser.page.getByRole('alertdialog').or(browser.page.getByRole('dialog'));
    await shows(dialog);
    await browser.picture('sessions-3-dialog');
    assertStatus(await server.users.me(login.jwt), 200);

    await dialog.getByRole('button', { name: 'Terminate session' }).click();
    await shows(row().getByText('Terminated', { exact: true }));
    await shows(row().getByText('By an administrator'));
    await browser.picture('sessions-4-terminated');
    assertRefused(await server.users.me(login.jwt), 'admin');
    assertStatus(await server.users.tryRefresh(login.refreshToken), 401);
  });

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });
});
