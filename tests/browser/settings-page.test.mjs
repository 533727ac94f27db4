import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { until } from '../harness/process/until.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const PATH = '/admin/settings/magic-sessionmanager';
const MINUTE = 60_000;

describe('The Settings page', { concurrency: false }, () => {
  let server;
  let browser;
  before(async () => {
    server = await TestServer.start({ config: { inactivityTimeout: 5 * MINUTE } });
    await server.admin.register();
    browser = await AdminBrowser.logIn(server);
  });
  after(() => closeAll(server, browser, 'settings-5-after-the-tests'));

  const page = () => browser.page;
  const shows = (text) => page().getByText(text, { exact: false }).first().waitFor();
  const number = (option) => page().locator(`input[name="${option}"]`);
  const save = () => page().getByRole('button', { name: 'Save' });
  const idle = async () => (await server.admin.setting('inactivityTimeout')).value;

  it('is reached from Strapi’s settings, and shows each value with where it comes from', async () => {
    await page().goto(browser.url('/admin/settings'));
    await page()
      .locator(`a[href$="${PATH.replace('/admin', '')}"]`)
      .click();
    await page().getByRole('heading', { name: 'Session settings' }).waitFor();
    await number('inactivityTimeout').waitFor();
    assert.equal(await number('inactivityTimeout').inputValue(), '5');
    await page().getByRole('combobox', { name: 'Inactivity timeout: unit' }).waitFor();
    await shows('exactly 300,000\u00a0ms');
    await shows('config/plugins');
    assert.equal(await save().isDisabled(), true, 'there is nothing to save');
    await browser.picture('settings-1');
  });

  it('tells what is wrong while it is typed, in the words of the core', async () => {
    await number('inactivityTimeout').fill('-1');
    await shows('Option "inactivityTimeout" got the number -60000; it takes a whole number');
    assert.equal(await save().isDisabled(), true);
    await number('inactivityTimeout').fill('');
    await shows('Enter a number');
    assert.equal(await save().isDisabled(), true);
    assert.equal(await idle(), 5 * MINUTE);
  });

  it('asks before it loses what was not saved', async () => {
    await number('inactivityTimeout').fill('7');
    await page().locator('a[href*="/settings/api-tokens"]').click();
    const dialog = page().getByRole('alertdialog').or(page().getByRole('dialog'));
    await dialog.getByText('have not been saved', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await number('inactivityTimeout').inputValue(), '7');
  });

  it('saves a change, and the server goes by it at once', async () => {
    await save().click();
    await shows('Saved. The new settings apply now.');
    assert.equal(await idle(), 7 * MINUTE);
    await shows('Reset to config/plugins: 5 minutes');
    await browser.picture('settings-2-saved');
  });

  it('takes a change back to what config/plugins says', async () => {
    await page().getByRole('button', { name: 'Reset to config/plugins: 5 minutes' }).click();
    assert.equal(await number('inactivityTimeout').inputValue(), '5');
    const saved = page().waitForResponse(
      (response) => response.request().method() === 'PUT' && response.url().endsWith('/settings'),
    );
    await save().click();
    await saved;
    await shows('Saved. The new settings apply now.');
    assert.equal((await server.admin.setting('inactivityTimeout')).source, 'config');
    assert.equal(await page().getByRole('button', { name: 'Reset to config/plugins' }).count(), 0);
  });

  it('sets a limit where there was none', async () => {
    await page().getByRole('checkbox', { name: 'No limit' }).click();
    await number('maxSessionsPerUser').fill('3');
    await save().click();
    await page().getByRole('button', { name: 'Reset to the default: No limit' }).waitFor();
    const end = Date.now() + 10_000;
    const limit = async () => (await server.admin.setting('maxSessionsPerUser')).value;
    while ((await limit()) !== 3 && Date.now() < end);
    assert.equal(await limit(), 3);
  });

  it('takes networks, one on each line, and says which of them is none', async () => {
    const networks = page().locator('textarea[name="failedLogins.trustedNetworks"]');
    const saved = async () => (await server.admin.setting('failedLogins.trustedNetworks')).value;
    await networks.fill('10.0.0.0/8\n10.0.0.0/33');
    await shows('got the text "10.0.0.0/33"; it takes a list of at most 100 networks');
    assert.equal(await save().isDisabled(), true);
    await browser.picture('settings-6-networks-refused');
    await networks.fill('10.0.0.0/8\n\n 2001:db8::/32, 192.0.2.1\n');
    await save().click();
    await page().getByRole('button', { name: 'Reset to the default: None' }).waitFor();
    await until('the server has them', async () => {
      return (await saved()).join(' ') === '10.0.0.0/8 2001:db8::/32 192.0.2.1';
    });
    await until('the page shows them one on each line', async () => {
      return (await networks.inputValue()) === '10.0.0.0/8\n2001:db8::/32\n192.0.2.1';
    });
    await networks.fill('10.0.0.0/8\n2001:db8::/32');
    await networks.fill('10.0.0.0/8\n2001:db8::/32\n192.0.2.1\n');
    assert.equal(await save().isDisabled(), true, 'a list of the same networks is no change');
  });

  it('makes a key that no request carries', async () => {
    const sent = [];
    const note = (request) => sent.push(request.url() + (request.postData() ?? ''));
    page().on('request', note);
    await page().getByRole('button', { name: 'Generate key' }).click();
    const line = await page().locator('input[name="environmentLine"]').inputValue();
    const [, key] = /^SESSION_ENCRYPTION_KEY=([A-Za-z0-9+/]{43}=)$/.exec(line) ?? [];
    assert.equal(Buffer.from(key ?? '', 'base64').length, 32, line);
    await browser.picture('settings-3-key');
    await page().keyboard.press('Escape');
    await page().locator('input[name="environmentLine"]').waitFor({ state: 'detached' });
    await page().reload();
    await number('inactivityTimeout').waitFor();
    page().off('request', note);
    const carried = sent.filter(
      (text) => text.includes(key) || text.includes(encodeURIComponent(key)),
    );
    assert.deepEqual(carried, []);
    assert.equal((await page().content()).includes(key), false, 'it is shown once');
  });

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });

  it('works where a stricter policy forbids WebAssembly: it says so, and the server evaluates', async () => {
    await page().route('**/admin/**', async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      const policy = headers['content-security-policy']?.replace(" 'wasm-unsafe-eval'", '');
      await route.fulfill({
        response,
        headers: { ...headers, ...(policy && { 'content-security-policy': policy }) },
      });
    });
    await page().goto(browser.url(PATH));
    await shows('A content security policy stops this browser from checking values');
    assert.equal(await page().getByRole('button', { name: 'Generate key' }).isDisabled(), true);

    await number('inactivityTimeout').fill('-1');
    await save().click();
    await shows('Option "inactivityTimeout" got the number -60000; it takes a whole number');
    assert.equal(await idle(), 5 * MINUTE);
    await browser.picture('settings-4-blocked');
    await number('inactivityTimeout').fill('6');
    await save().click();
    await page().getByRole('button', { name: 'Reset to config/plugins: 5 minutes' }).waitFor();
    await shows('Saved. The new settings apply now.');
    assert.equal(await idle(), 6 * MINUTE);
  });
});
