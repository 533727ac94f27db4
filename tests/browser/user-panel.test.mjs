import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ADMIN } from '../harness/clients/admin.mjs';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';
import { until } from '../harness/process/until.mjs';

const USERS = '/admin/content-manager/collection-types/plugin::users-permissions.user';
const READER = 'reader@example.test';
const WRITER = 'writer@example.test';
const READ = 'plugin::magic-sessionmanager.read';
const EXPLORE = ['read', 'update'].map((action) => ({
  action: `plugin::content-manager.explorer.${action}`,
  subject: 'plugin::users-permissions.user',
  properties: { fields: ['username', 'email', 'blocked'] },
}));

describe('The panel beside a user in the content manager', { concurrency: false }, () => {
  let server;
  let browser;
  let user;
  let path;
  const devices = [];
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    devices.push(await server.users.signUp());
    ({ user } = devices[0]);
    devices.push(await server.users.login(user.username));
    devices.push(await server.users.login(user.username));
    path = `${USERS}/${await server.admin.documentIdOf(user.id)}`;
    browser = await AdminBrowser.logIn(server, { path: path });
  });
  after(() => closeAll(server, browser, 'user-panel-3-after-the-tests'));

  const panel = () => browser.page.locator('#magic-user-sessions');
  const button = (name) => panel().getByRole('button', { name });
  const dialog = () => browser.page.getByRole('alertdialog');
  const agree = (name) => dialog().getByRole('button', { name }).click();
  const has = (count) =>
    until(`the panel names ${count} sessions`, async () => {
      return (await panel().getByRole('listitem').count()) === count;
    });

  it('lists the sessions that are not terminated', async () => {
    await has(3);
    await panel().getByText('Chrome 131 · Windows 10').first().waitFor();
    await browser.picture('user-panel-1');
  });

  it('terminates one of them', async () => {
    await button('Terminate the session of').first().click();
    await agree('Terminate session');
    await has(2);
    const answers = await Promise.all(devices.map(({ jwt }) => server.users.me(jwt)));
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, 200, 401]);
  });

  it('terminates all of them, after showing how many', async () => {
    await button('Terminate all').click();
    await dialog().getByText('Terminate 2 sessions?').waitFor();
    await agree('Terminate 2 sessions');
    await panel().getByText('This user is not logged in anywhere.').waitFor();
    for (const { jwt } of devices) assertRefused(await server.users.me(jwt), 'admin');
  });

  it('blocks the user, and the form beside it knows', async () => {
    const { jwt } = await server.users.login(user.username);
    await browser.page.reload();
    await has(1);
    await button('Block user').click();
    await agree('Block user');
    await button('Unblock user').waitFor();
    await panel().getByText('This user is not logged in anywhere.').waitFor();
    assertRefused(await server.users.me(jwt), 'user_blocked');
    assertStatus(await server.users.tryLogin(user.username), 400);
    const blocked = browser.page.locator('input[name="blocked"]');
    await until('the form shows it', () => blocked.isChecked());
    await browser.picture('user-panel-2-blocked');
  });

  it('lets the user in again', async () => {
    await button('Unblock user').click();
    await agree('Unblock user');
    await button('Block user').waitFor();
    assertStatus(await server.users.tryLogin(user.username), 200);
  });

  it('keeps a user blocked whom another administrator has blocked meanwhile', async () => {
    assertStatus(await server.admin.block(user.id), 200);
    await button('Block user').click();
    await agree('Block user');
    await button('Unblock user').waitFor();
    assertStatus(await server.users.tryLogin(user.username), 400);
    assertStatus(await server.admin.block(user.id, false), 200);
    assertStatus(await server.users.tryLogin(user.username), 200);
    await browser.page.reload();
    await has(1);
  });

  it('is not there while a user is being created', async () => {
    await browser.page.goto(browser.url(`${USERS}/create`));
    await browser.page.locator('input[name="username"]').waitFor();
    assert.equal(await panel().count(), 0);
  });

  it('only shows to those who may only see, and is not there for others', async () => {
    const explorers = await server.admin.role('Explorers', EXPLORE);
    const readers = await server.admin.role('Readers', [READ]);
    await server.admin.colleague(WRITER, explorers);
    await server.admin.colleague(READER, explorers, readers);
    const seenBy = async (email) => {
      const other = await AdminBrowser.open(server);
      await other.login({ email, password: ADMIN.password });
      await other.page.goto(other.url(path));
      await other.page.locator('input[name="username"]').waitFor();
      return other;
    };

    const reader = await seenBy(READER);
    await reader.page.locator('#magic-user-sessions li').first().waitFor();
    assert.equal(await reader.page.locator('#magic-user-sessions button').count(), 0);
    await reader.close();

    const writer = await seenBy(WRITER);
    await writer.page.waitForLoadState('networkidle');
    assert.equal(await writer.page.locator('#magic-user-sessions').count(), 0);
    await writer.close();
  });

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });
});
