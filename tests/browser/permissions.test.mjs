import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ADMIN } from '../harness/clients/admin.mjs';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const EDITOR = 'editor@example.test';

const SESSIONS = '/admin/plugins/magic-sessionmanager';
const JOURNAL = `${SESSIONS}/journal`;

describe('An administrator without the permission', () => {
  let server;
  let browser;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    await server.admin.colleague(EDITOR, 'strapi-editor');
    browser = await AdminBrowser.logIn(server, { as: { email: EDITOR, password: ADMIN.password } });
  });
  after(() => closeAll(server, browser));

  it('does not find Sessions in the sidebar', async () => {
    await browser.page.getByRole('navigation').first().waitFor();
    const link = browser.page.getByRole('link', { name: 'Sessions', exact: true });
    assert.equal(await link.count(), 0);
  });

  for (const [shown, path] of [
    ['session', SESSIONS],
    ['entry of the journal', JOURNAL],
  ]) {
    it(`sees no ${shown} when going there by address, and is told why`, async () => {
      const { username } = (await server.users.signUp()).user;
      await browser.page.goto(browser.url(path));
      await browser.page.getByText("You don't have the permissions to access").first().waitFor();
      await browser.page.waitForLoadState('networkidle');
      assert.equal(await browser.page.getByText(username).count(), 0);
      assert.deepEqual(browser.errors, [], 'and the server is not even asked');
    });
  }
});
