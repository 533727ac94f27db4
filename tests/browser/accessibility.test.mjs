import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertAccessible } from '../harness/browser/axe.mjs';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { storeLocks } from '../harness/fixtures/stored-locks.mjs';
import { storeSessions } from '../harness/fixtures/stored-sessions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const SESSIONS = '/admin/plugins/magic-sessionmanager';
const JOURNAL = `${SESSIONS}/journal`;
const SETTINGS = '/admin/settings/magic-sessionmanager';
const USERS = '/admin/content-manager/collection-types/plugin::users-permissions.user';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const PLACES = ['sessions', 'journal', 'settings', 'widget', 'side panel'];
const WIDTHS = [320, 375, 768, 1024, 1280, 1440, 1920, 3840];

describe('The plugin’s parts of the admin panel', { concurrency: false }, () => {
  let server;
  let browser;
  let user;
  let places;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    ({ user } = await server.users.signUp());
    storeSessions(server, 20, { loggedInAgo: 60 * MINUTE, lastSeenAgo: 8 * MINUTE });
    const terminated = { state: 'terminated', loggedInAgo: 3 * DAY, lastSeenAgo: 2 * DAY };
    storeSessions(server, 5, { ...terminated, terminatedAgo: 2 * DAY });
    storeLocks(server, [user.id], { endsIn: 7 * DAY });
    places = {
      sessions: { path: SESSIONS, within: 'main', shows: 'button[aria-label^="Lift the"]' },
      journal: { path: JOURNAL, within: 'main', shows: 'tbody button' },
      settings: { path: SETTINGS, within: 'main', shows: '[role="slider"]' },
      widget: { path: '/admin', within: '#magic-activity', shows: '#magic-activity' },
      'side panel': {
        path: `${USERS}/${await server.admin.documentIdOf(user.id)}`,
        within: '#magic-user-sessions',
        shows: '#magic-user-sessions button',
      },
    };
    browser = await AdminBrowser.logIn(server);
  });
  after(() => closeAll(server, browser, 'accessibility-after-the-tests'));

  const page = () => browser.page;
  const button = (name) => page().getByRole('button', { name });
  const wear = (theme) =>
    page().evaluate((chosen) => localStorage.setItem('STRAPI_THEME', chosen), theme);
  const open = async ({ path, shows }) => {
    await page().goto(browser.url(path));
    await page().locator(shows).first().waitFor();
  };
  const close = async (selector) => {
    await page().keyboard.press('Escape');
    await page().locator(selector).waitFor({ state: 'detached' });
  };

  for (const theme of ['light', 'dark']) {
    for (const place of PLACES) {
      it(`are found without fault by axe: the ${place}, ${theme}`, async () => {
        await wear(theme);
        await open(places[place]);
        await assertAccessible(page(), places[place].within);
        await page().locator(places[place].within).first().scrollIntoViewIfNeeded();
        await browser.picture(`accessibility-${place.replace(' ', '-')}-${theme}`);
      });
    }

    it(`are found without fault by axe: the dialogs, ${theme}`, async () => {
      await wear(theme);
      await open(places.sessions);
      await button('Details of').first().click();
      await page().getByText('Refresh token', { exact: true }).waitFor();
      await assertAccessible(page(), '[role="dialog"]');
      await close('[role="dialog"]');
      await button('Terminate the session of').first().click();
      await assertAccessible(page(), '[role="alertdialog"]');
      await close('[role="alertdialog"]');
      await button('Terminate all').click();
      await page().getByText('and 16 more').waitFor();
      await assertAccessible(page(), '[role="alertdialog"]');
      await close('[role="alertdialog"]');
      await button('Lift the lock of').click();
      await assertAccessible(page(), '[role="alertdialog"]');
      await close('[role="alertdialog"]');
      await button('Open a place for').click();
      await assertAccessible(page(), '[role="dialog"]');
      await close('[role="dialog"]');

      await open(places.journal);
      await button('Details of this session').first().click();
      await page().getByText('Refresh token', { exact: true }).waitFor();
      await assertAccessible(page(), '[role="dialog"]');
      await close('[role="dialog"]');
      await page().getByRole('combobox', { name: 'From' }).click();
      await page().getByRole('dialog', { name: 'From' }).waitFor();
      await assertAccessible(page(), 'main');
      await page().keyboard.press('Escape');

      await open(places.settings);
      await page().locator('input[name="inactivityTimeout"]').fill('5');
      await button('Show').click();
      await page().getByText('1–10 of 20').waitFor();
      await page().locator('[role="dialog"] li').first().waitFor();
      await assertAccessible(page(), '[role="dialog"]');
      await close('[role="dialog"]');
      await button('Generate key').click();
      await assertAccessible(page(), '[role="dialog"]');
      await close('[role="dialog"]');
      await button('Discard').click();

      await open(places['side panel']);
      await button('Terminate all').click();
      await assertAccessible(page(), '[role="alertdialog"]');
      await close('[role="alertdialog"]');
      await button('Block user').click();
      await assertAccessible(page(), '[role="alertdialog"]');
      await close('[role="alertdialog"]');
    });
  }

  for (const place of PLACES) {
    it(`fit every screen from 320 pixels to 4K: the ${place}`, async () => {
      await wear('light');
      for (const width of WIDTHS) {
        await page().setViewportSize({ width, height: 900 });
        await open(places[place]);
        assert.deepEqual(await tooWide(places[place].within), [], `at ${width} pixels`);
        if (width === 320 || width === 3840) {
          await browser.picture(`width-${place.replace(' ', '-')}-${width}`);
        }
      }
      await page().setViewportSize({ width: 1440, height: 900 });
    });
  }

  /** Names what reaches beyond the window, unless it is within something that scrolls by itself. */
  const tooWide = (within) =>
    page().evaluate((selector) => {
      const root = document.querySelector(selector);
      const scrolls = (element) =>
        ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX);
      const isContained = (element) => {
        for (
          let above = element.parentElement;
          above && above !== root;
          above = above.parentElement
        )
          if (scrolls(above)) return true;
        return false;
      };
      const limit = document.documentElement.clientWidth + 1;
      const sideways = document.documentElement.scrollWidth > limit ? ['the page itself'] : [];
      const beyond = [...root.querySelectorAll('*')].filter((element) => {
        const { right, width, left } = element.getBoundingClientRect();
        return width > 1 && (right > limit || left < -1) && !isContained(element);
      });
      return [...sideways, ...beyond.map(({ outerHTML }) => outerHTML.slice(0, 120))];
    }, within);

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });
});
