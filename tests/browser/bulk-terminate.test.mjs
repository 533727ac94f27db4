import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';
import { until } from '../harness/process/until.mjs';

const PATH = '/admin/plugins/magic-sessionmanager';

describe('Figures, details and many sessions at once', { concurrency: false }, () => {
  let server;
  let browser;
  let terminated;
  const others = [];
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
    terminated = await server.users.signUp();
    await server.admin.terminateAll(terminated.user.id);
    for (let user = 0; user < 3; user += 1) others.push(await server.users.signUp());
    browser = await AdminBrowser.logIn(server, { path: PATH });
  });
  after(() => closeAll(server, browser, 'bulk-3-after-the-tests'));

  const page = () => browser.page;
  const figure = (name) => page().getByRole('button', { name });
  const row = ({ user }) => page().getByRole('row').filter({ hasText: user.username });
  const dialog = () => page().getByRole('alertdialog').or(page().getByRole('dialog'));

  it('count, and filter the list by what they count', async () => {
    await figure('Online now 3').waitFor();
    await figure('Inactive 0').waitFor();
    await figure('Terminated today 1').click();
    await row(others[0]).waitFor({ state: 'detached' });
    await row(terminated).waitFor();
    assert.match(page().url(), /within=today/);
    await figure('Terminated today 1').click();
    await row(others[0]).waitFor();
  });

  it('shows what is known of one session, and never a token', async () => {
    await row(others[0]).getByRole('button', { name: 'Details of', exact: false }).click();
    await dialog().getByText(others[0].user.email).waitFor();
    const text = await dialog().innerText();
    assert.doesNotMatch(text, /eyJ/);
    assert.match(text, /Chrome\/131/);
    await dialog().getByRole('heading', { name: 'History' }).waitFor();
    await dialog().getByText('Logged in · Registration').waitFor();
    await dialog()
      .getByText(/Sealed under the current key, \w+/)
      .first()
      .waitFor();
    await browser.picture('bulk-1-details');
    await page().keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    const button = new RegExp(`Details of .*${others[0].user.username}`);
    const focused = () => page().evaluate(() => document.activeElement?.textContent);
    await until('the focus is back', async () => button.test((await focused()) ?? ''));
  });

  it('shows in the history who terminated a session, and why', async () => {
    await page().goto(browser.url(`${PATH}?_q=${terminated.user.username}`));
    await row(terminated).getByRole('button', { name: 'Details of', exact: false }).click();
    await dialog().getByText('Terminated · By an administrator').waitFor();
    const entries = await dialog().getByRole('listitem').allInnerTexts();
    assert.equal(entries.length, 2);
    assert.match(entries[0], /Ada Admin · 127\.0\.0\.1 · private network$/);
    assert.match(
      entries[1],
      new RegExp(`Logged in[^]*${terminated.user.username} · 127\\.0\\.0\\.1 · private network$`),
    );
    await browser.picture('bulk-1-history');
    await page().keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('shows how many are terminated, and which, before they are', async () => {
    await page().goto(browser.url(`${PATH}?_q=${others[0].user.username}`));
    await row(others[0]).waitFor();
    await page().getByRole('button', { name: 'Terminate these' }).click();
    await dialog().getByText('Terminate 1 session?').waitFor();
    await dialog().getByText(others[0].user.username).waitFor();
    await browser.picture('bulk-2-dialog');
    assertStatus(await server.users.me(others[0].jwt), 200);
    await dialog().getByRole('button', { name: 'Terminate 1 session' }).click();
    await page().getByText('1 session has been terminated').first().waitFor();
    assertRefused(await server.users.me(others[0].jwt), 'admin');
    assertStatus(await server.users.me(others[1].jwt), 200);
  });

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });
});
