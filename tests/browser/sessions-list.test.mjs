import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ADMIN } from '../harness/clients/admin.mjs';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { storeSessions } from '../harness/fixtures/stored-sessions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';
import { until } from '../harness/process/until.mjs';

const PATH = '/admin/plugins/magic-sessionmanager';
const READER = 'reader@example.test';
const HOUR_MS = 3_600_000;

/** How many sessions there are of a bulk, of which some are terminated; two pages and a part of a third. */
const LIVE = 70;
const ENDED = 10;

describe('The list of sessions', { concurrency: false }, () => {
  let server;
  let browser;
  let bulk;
  let oldest;
  before(async () => {
    server = await TestServer.start({ config: { inactivityTimeout: 24 * HOUR_MS } });
    await server.admin.register();
    ({ user: bulk } = await server.users.signUp());
    ({ user: oldest } = await server.users.signUp());
    const at = (hours) => ({ loggedInAgo: hours * HOUR_MS, lastSeenAgo: hours * HOUR_MS });
    storeSessions(server, LIVE, { userId: bulk.id, ...at(2) });
    storeSessions(server, ENDED, {
      userId: bulk.id,
      ...at(3),
      state: 'terminated',
      terminatedAgo: 1,
    });
    storeSessions(server, 1, { userId: oldest.id, ...at(20) });
    browser = await AdminBrowser.logIn(server);
  });
  after(() => closeAll(server, browser, 'sessions-list-after-the-tests'));

  const page = () => browser.page;
  const open = (query = '') => page().goto(browser.url(`${PATH}${query && `?${query}`}`));
  const parameter = (name) => new URL(page().url()).searchParams.get(name);
  const stands = (name, value) =>
    until(`${name} stands in the address`, () => parameter(name) === value);
  const rows = () => page().locator('tbody').getByRole('row');
  const shows = (count) =>
    until(`${count} rows are shown`, async () => (await rows().count()) === count);
  const column = (name) => page().getByRole('columnheader').filter({ hasText: name });

  it('is searched by the server, which survives a reload', async () => {
    await open();
    await page().getByRole('button', { name: 'Search', exact: true }).click();
    await page().locator('input[name="search"]').fill(oldest.username);
    await page().keyboard.press('Enter');
    await stands('_q', oldest.username);
    await shows(2);
    await page().reload();
    await shows(2);
  });

  it('is sorted by a column, in either direction', async () => {
    await open('pageSize=10');
    const button = column('Login').getByRole('button');
    await button.click();
    await until('it is sorted', async () => /^loggedInAt:/.test(parameter('sort') ?? ''));
    if (parameter('sort') !== 'loggedInAt:asc') await button.click();
    await stands('sort', 'loggedInAt:asc');
    assert.equal(await column('Login').getAttribute('aria-sort'), 'ascending');
    await rows().first().filter({ hasText: oldest.username }).waitFor();
    await button.click();
    await stands('sort', 'loggedInAt:desc');
    assert.equal(await column('Login').getAttribute('aria-sort'), 'descending');
    await until('the oldest is not first', async () => {
      return !(await rows().first().innerText()).includes('198.51.');
    });
  });

  it('is narrowed to a state', async () => {
    await open();
    await page().getByRole('combobox', { name: 'Filter by state' }).click();
    await page().getByRole('option', { name: 'Terminated', exact: true }).click();
    await stands('filters[state]', 'terminated');
    await shows(ENDED);
  });

  it('comes in pages', async () => {
    await open('filters[state]=active&pageSize=25');
    await shows(25);
    await page().getByRole('link', { name: 'Go to page 3' }).click();
    await stands('page', '3');
    // Two logins, and the session of long ago.
    await shows(LIVE + 3 - 50);
  });

  it('is refreshed without losing page, place or focus', async () => {
    await open('sort=loggedInAt:asc&pageSize=50&page=1');
    await shows(50);
    const details = rows().nth(40).getByRole('button', { name: 'Details of' });
    await details.focus();
    await details.scrollIntoViewIfNeeded();
    const place = () => details.evaluate((element) => element.getBoundingClientRect().top);
    const before = await place();
    const { username } = await server.users.register();
    await page()
      .getByText(`${LIVE + ENDED + 4} sessions`)
      .waitFor();
    assert.equal(await details.evaluate((element) => element === document.activeElement), true);
    assert.equal(await place(), before);
    assert.equal(parameter('page'), '1');
    await open(`_q=${username}`);
    await shows(1);
  });

  it('says that it could not be loaded, and tries again', async () => {
    await page().route('**/magic-sessionmanager/sessions?**', (route) => route.abort());
    await open();
    await page().getByText('The sessions could not be loaded.').waitFor();
    await page().unroute('**/magic-sessionmanager/sessions?**');
    await page().getByRole('button', { name: 'Try again' }).click();
    await rows().first().waitFor();
  });

  it('offers to terminate sessions, and to change settings, only to those who may', async () => {
    const readers = await server.admin.role('Readers', ['plugin::magic-sessionmanager.read']);
    await server.admin.colleague(READER, readers);
    const reader = await AdminBrowser.open(server);
    await reader.login({ email: READER, password: ADMIN.password });
    for (const [who, offered] of [
      [browser, true],
      [reader, false],
    ]) {
      await who.page.goto(who.url(PATH));
      await who.page.getByRole('button', { name: 'Details of' }).first().waitFor();
      const main = who.page.locator('main');
      const ways = main.getByRole('button', { name: /^Terminate (all|the session of)/ });
      assert.equal((await ways.count()) > 0, offered);
      assert.equal(
        await main.getByRole('link', { name: 'Configuration' }).count(),
        offered ? 1 : 0,
      );
    }
    await reader.close();
  });

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });
});
