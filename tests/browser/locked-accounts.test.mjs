import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { ADMIN } from '../harness/clients/admin.mjs';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { storeLocks } from '../harness/fixtures/stored-locks.mjs';
import { until } from '../harness/process/until.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const SESSIONS = '/admin/plugins/magic-sessionmanager';
const READER = 'reader@example.test';
const HOUR = 60 * 60_000;

/** More wrong passwords than unknown places have at once. */
const TOO_MANY = 12;

/** The page may take this long to show a lock: it asks for news every ten seconds. */
const NEWS_MS = 25_000;

let counter = 0;

/** An address in a network that no test has used before. */
const newAddress = () => `198.18.${(counter += 1)}.7`;

describe('The locked accounts on the Sessions page', { concurrency: false }, () => {
  let server;
  let browser;
  let guessed;
  let forgetful;
  before(async () => {
    server = await TestServer.start({ env: { TRUST_PROXY: 'true' } });
    await server.admin.register();
    guessed = (await server.users.signUp()).user;
    forgetful = (await server.users.signUp()).user;
    browser = await AdminBrowser.logIn(server, { path: SESSIONS });
  });
  after(() => closeAll(server, browser, 'locks-9-after-the-tests'));

  const page = () => browser.page;
  const title = () => page().getByRole('heading', { name: 'Locked accounts' });
  const list = () => page().getByRole('list', { name: 'Locked accounts' });
  const item = ({ username }) => list().getByRole('listitem').filter({ hasText: username });
  const placeButton = ({ username }) =>
    page().getByRole('button', { name: `Open a place for ${username}` });
  const liftButton = ({ username }) =>
    page().getByRole('button', { name: `Lift the lock of ${username}` });
  const says = (text) => page().getByText(text, { exact: false }).first().waitFor();
  const hasFocus = (locator) => locator.evaluate((element) => element === document.activeElement);
  const dialog = () => page().getByRole('dialog');
  const question = () => page().getByRole('alertdialog');

  const login = ({ username }, from) =>
    server.users.tryLogin(username, { headers: { 'x-forwarded-for': from } });
  const guess = ({ username }) =>
    server.users.tryLogin(username, {
      password: 'wrong-Password-1',
      headers: { 'x-forwarded-for': newAddress() },
    });

  it('take no room while there are none', async () => {
    await page().getByRole('row').filter({ hasText: guessed.username }).waitFor();
    assert.equal(await title().count(), 0);
  });

  it('appear without a reload, with the end of each lock', async () => {
    for (let time = 0; time < TOO_MANY; time += 1) await guess(guessed);
    await title().waitFor({ timeout: NEWS_MS });
    await item(guessed)
      .getByText(/^Locked until \w+,? \d+:\d\d/)
      .waitFor();

    const inARow = { 'failedLogins.maxConsecutive': 40, 'failedLogins.perAccount': 1000 };
    assertStatus(await server.admin.changeSettings(inARow), 200);
    for (let time = 0; time < 2 * TOO_MANY; time += 1) await guess(forgetful);
    const before = { 'failedLogins.maxConsecutive': null, 'failedLogins.perAccount': null };
    assertStatus(await server.admin.changeSettings(before), 200);
    await item(forgetful)
      .getByText('Locked until a password reset or a login at a known place')
      .waitFor({ timeout: NEWS_MS });
    await browser.picture('locks-1-list');
  });

  it('say what is no address when a place is to be opened', async () => {
    await placeButton(guessed).click();
    await dialog().getByText(`Open a place for ${guessed.username}`).waitFor();
    const open = dialog().getByRole('button', { name: 'Open place' });
    assert.equal(await open.isDisabled(), true);
    await browser.picture('locks-2-place');
    await dialog().getByRole('textbox').fill('at home');
    await open.click();
    await dialog().getByText('Enter an IPv4 or IPv6 address outside').waitFor();
    await browser.picture('locks-3-refused');
    assert.deepEqual(browser.errors.splice(0), [
      `400 /magic-sessionmanager/user/${guessed.id}/places`,
    ]);
    await page().keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await until('the focus is back', () => hasFocus(placeButton(guessed)));
  });

  it('let the user in from the network of an address, and from no other', async () => {
    const [home, elsewhere] = ['203.0.113.7', newAddress()];
    assertStatus(await login(guessed, home), 429);
    await placeButton(guessed).click();
    await dialog().getByRole('textbox').fill(` ${home} `);
    await dialog().getByRole('textbox').press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await says(`${guessed.username} can now log in from the network of ${home}`);
    await browser.picture('locks-4-place-opened');
    assertStatus(await login(guessed, '203.0.113.99'), 200);
    assertStatus(await login(guessed, elsewhere), 429);
  });

  it('are lifted after a question', async () => {
    await liftButton(guessed).click();
    await question().getByText(`The failed logins of ${guessed.username}`).waitFor();
    await browser.picture('locks-5-question');
    await question().getByRole('button', { name: 'Cancel' }).click();
    await question().waitFor({ state: 'detached' });
    await until('the focus is back', () => hasFocus(liftButton(guessed)));

    await liftButton(guessed).click();
    await question().getByRole('button', { name: 'Lift lock' }).click();
    await question().waitFor({ state: 'detached' });
    await says(`The lock of ${guessed.username} has been lifted`);
    assert.equal(await item(guessed).count(), 0);
    await until('the panel has the focus', () => hasFocus(page().locator('#locked-accounts')));
    assertStatus(await login(guessed, newAddress()), 200);
  });

  it('leave nothing behind once the last one is lifted', async () => {
    await liftButton(forgetful).click();
    await question().getByRole('button', { name: 'Lift lock' }).click();
    await title().waitFor({ state: 'detached' });
    await until('the list has the focus', () => hasFocus(page().locator('#sessions-list')));
    assertStatus(await login(forgetful, newAddress()), 200);
  });

  it('stand in the journal with how they were unlocked', async () => {
    await page().goto(browser.url(`${SESSIONS}/journal?filters[userId]=${guessed.id}`));
    const entries = page().getByRole('row').filter({ hasText: 'Login unlocked' });
    await entries.filter({ hasText: 'Lock lifted' }).getByText('Ada Admin').waitFor();
    await entries.filter({ hasText: 'Place opened' }).getByText('Ada Admin').waitFor();
    await page().getByRole('row').filter({ hasText: 'Login locked' }).first().waitFor();
    await browser.picture('locks-6-journal');
  });

  it('are five at first, and all when asked for', async () => {
    const users = Array.from({ length: 7 }, (_, place) => guessed.id + 1000 + place);
    storeLocks(server, users, { endsIn: HOUR });
    await page().goto(browser.url(SESSIONS));
    await title().waitFor();
    assert.equal(await list().getByRole('listitem').count(), 5);
    await page().getByRole('button', { name: 'Show all 7' }).click();
    await until('all are listed', async () => {
      return (await list().getByRole('listitem').count()) === 7;
    });
    await browser.picture('locks-7-all');
    await page().getByRole('button', { name: 'Show fewer' }).click();
    assert.equal(await list().getByRole('listitem').count(), 5);
  });

  it('are listed apart from locked addresses, whose locks are lifted at once', async () => {
    const ip = newAddress();
    for (let time = 0; time < 32; time += 1)
      await server.users.tryLogin(`nobody${time}`, {
        password: 'wrong-Password-1',
        headers: { 'x-forwarded-for': ip },
      });
    const addresses = page().getByRole('list', { name: 'Locked addresses' });
    await addresses.getByText(ip).waitFor({ timeout: NEWS_MS });
    await page()
      .getByRole('button', { name: `Lift the lock of ${ip}` })
      .click();
    await says(`The lock of ${ip} has been lifted`);
    await addresses.waitFor({ state: 'hidden' });
  });

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });

  it('are shown without buttons to an administrator who may only read', async () => {
    const readers = await server.admin.role('Readers', ['plugin::magic-sessionmanager.read']);
    await server.admin.colleague(READER, readers);
    const as = { email: READER, password: ADMIN.password };
    const reader = await AdminBrowser.logIn(server, { as, path: SESSIONS });
    try {
      await reader.page.getByRole('heading', { name: 'Locked accounts' }).waitFor();
      await reader.page.getByText('Locked until').first().waitFor();
      assert.equal(await reader.page.getByRole('button', { name: /^Lift|^Open a/ }).count(), 0);
      await reader.picture('locks-8-reader');
    } finally {
      await reader.close();
    }
  });
});
