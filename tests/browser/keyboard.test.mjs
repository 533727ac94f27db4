import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { assertRefused } from '../harness/clients/assertions.mjs';
import { storeLocks } from '../harness/fixtures/stored-locks.mjs';
import { storeSessions } from '../harness/fixtures/stored-sessions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';
import { until } from '../harness/process/until.mjs';

const SESSIONS = '/admin/plugins/magic-sessionmanager';
const SETTINGS = '/admin/settings/magic-sessionmanager';
const USERS = '/admin/content-manager/collection-types/plugin::users-permissions.user';
const MINUTE = 60_000;

/** More than any of the pages has to stop at. */
const MOST_TABS = 120;

/** More than any of the tables has columns. */
const MOST_COLUMNS = 20;

/** More than any of the lists has to choose from. */
const MOST_OPTIONS = 20;

describe('By keyboard alone', { concurrency: false }, () => {
  let server;
  let browser;
  let login;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    login = await server.users.signUp();
    storeSessions(server, 3, {
      userId: login.user.id,
      loggedInAgo: 60 * MINUTE,
      lastSeenAgo: 8 * MINUTE,
    });
    browser = await AdminBrowser.logIn(server);
  });
  after(() => closeAll(server, browser, 'keyboard-after-the-tests'));

  const page = () => browser.page;
  const press = (key) => page().keyboard.press(key);
  const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

  /** Goes on with the tab key until something has the focus. */
  const tabTo = async (locator) => {
    for (let tab = 0; tab < MOST_TABS; tab += 1) {
      await press('Tab');
      if ((await locator.count()) === 1 && (await isFocused(locator))) return;
    }
    assert.fail(`the tab key never comes to ${locator}`);
  };

  /** Goes from cell to cell of a row until something in it has the focus. */
  const acrossTo = async (locator) => {
    for (let cell = 0; cell < MOST_COLUMNS; cell += 1) {
      if (await isFocused(locator)) return;
      await press('ArrowRight');
    }
    assert.fail(`the arrow keys never come to ${locator}`);
  };

  /** Goes down an open list until `option` has the focus. The list takes keys once it has it. */
  const arrowTo = async (option) => {
    await until('the list has the focus', () => page().locator('[role=option]:focus').isVisible());
    for (let arrow = 0; arrow < MOST_OPTIONS; arrow += 1) {
      if (await isFocused(option)) return;
      await press('ArrowDown');
    }
    assert.fail(`the arrow keys never come to ${option}`);
  };

  it('a setting is changed, looked at in the preview, and saved', async () => {
    await page().goto(browser.url(SETTINGS));
    const timeout = page().locator('input[name="inactivityTimeout"]');
    await page().getByText('None of 4 active sessions').waitFor();
    await tabTo(timeout);
    await press('Control+A');
    await page().keyboard.type('5');
    const show = page().getByRole('button', { name: 'Show', exact: false });
    await tabTo(show);
    await press('Enter');
    const dialog = page().getByRole('dialog');
    await dialog.getByText('3 of 4 active sessions would become inactive').waitFor();
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await until('the focus is back', () => isFocused(show));

    const moment = page().getByRole('slider', { name: 'Pause begins' });
    await tabTo(moment);
    await press('ArrowRight');
    assert.match(await moment.getAttribute('aria-valuetext'), /12:05 PM/);

    await timeout.focus();
    await press('Enter');
    await page().getByText('Saved. The new settings apply now.').first().waitFor();
    assert.equal((await server.admin.setting('inactivityTimeout')).value, 5 * MINUTE);
  });

  it('a session is terminated on the Sessions page', async () => {
    await page().goto(browser.url(SESSIONS));
    const newest = page().getByRole('row').filter({ hasText: '127.0.0.1' });
    const terminate = newest.getByRole('button', { name: 'Terminate the session of' });
    await terminate.waitFor();
    // Within the table the arrow keys lead from cell to cell, and the tab key out of it.
    await tabTo(page().locator('table :focus'));
    await press('ArrowDown');
    await acrossTo(terminate);
    await press('Enter');
    const dialog = page().getByRole('alertdialog');
    await dialog.waitFor();
    await tabTo(dialog.getByRole('button', { name: 'Terminate session' }));
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    assertRefused(await server.users.me(login.jwt), 'admin');
  });

  it('a place is opened for a locked user, and the lock is lifted', async () => {
    storeLocks(server, [login.user.id], { endsIn: 60 * MINUTE });
    await page().goto(browser.url(SESSIONS));
    const openPlace = page().getByRole('button', { name: 'Open a place for' });
    await openPlace.waitFor();
    await tabTo(openPlace);
    await press('Enter');
    const dialog = page().getByRole('dialog');
    await tabTo(dialog.getByRole('textbox', { name: 'IP address' }));
    await page().keyboard.type('2001:db8::7');
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await until('the focus is back', () => isFocused(openPlace));

    await press('Tab');
    await press('Enter');
    const question = page().getByRole('alertdialog');
    await question.waitFor();
    await tabTo(question.getByRole('button', { name: 'Lift lock' }));
    await press('Enter');
    await question.waitFor({ state: 'detached' });
    assert.equal(await page().getByRole('heading', { name: 'Locked accounts' }).count(), 0);
  });

  it('the journal is narrowed to an event and to a user', async () => {
    await page().goto(browser.url(`${SESSIONS}/journal`));
    await page().getByRole('row').filter({ hasText: 'Session terminated' }).waitFor();
    await tabTo(page().getByRole('combobox', { name: 'Filter by event' }));
    await press('Enter');
    await arrowTo(page().getByRole('option', { name: 'Session terminated' }));
    await press('Enter');
    await page().getByText('1 entry').waitFor();
    const user = page().getByRole('row').getByRole('button', { name: login.user.username }).first();
    await tabTo(page().locator('table :focus'));
    await press('ArrowDown');
    await acrossTo(user);
    await press('Enter');
    const remove = page().getByRole('button', { name: 'Remove the filter: About' });
    await remove.waitFor();
    await tabTo(remove);
    await press('Enter');
    await remove.waitFor({ state: 'detached' });
  });

  it('a user is blocked in the content manager', async () => {
    await page().goto(browser.url(`${USERS}/${await server.admin.documentIdOf(login.user.id)}`));
    await page().getByRole('button', { name: 'Block user' }).waitFor();
    await tabTo(page().getByRole('button', { name: 'Block user' }));
    await press('Enter');
    const dialog = page().getByRole('alertdialog');
    await dialog.waitFor();
    await tabTo(dialog.getByRole('button', { name: 'Block user' }));
    await press('Enter');
    await page().getByRole('button', { name: 'Unblock user' }).waitFor();
  });
});
