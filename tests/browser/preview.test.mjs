import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { storeSessions } from '../harness/fixtures/stored-sessions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';
import { until } from '../harness/process/until.mjs';

const PATH = '/admin/settings/magic-sessionmanager';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('The preview beside the settings', { concurrency: false }, () => {
  let server;
  let browser;
  before(async () => {
    const config = { inactivityTimeout: HOUR, terminatedRetentionDays: -1 };
    server = await TestServer.start({ config });
    await server.admin.register();
    await server.users.signUp();
    storeSessions(server, 38, { loggedInAgo: 2 * HOUR, lastSeenAgo: 30 * MINUTE });
    storeSessions(server, 5, { loggedInAgo: 2 * HOUR, lastSeenAgo: 2 * MINUTE });
    storeSessions(server, 3, { loggedInAgo: 10 * DAY, lastSeenAgo: MINUTE });
    const terminated = { state: 'terminated', loggedInAgo: 50 * DAY, lastSeenAgo: 40 * DAY };
    storeSessions(server, 12, { ...terminated, terminatedAgo: 40 * DAY });
    storeSessions(server, 4, { ...terminated, terminatedAgo: 2 * DAY });
    browser = await AdminBrowser.logIn(server, { path: PATH });
  });
  after(() => closeAll(server, browser, 'preview-5-after-the-tests'));

  const page = () => browser.page;
  const number = (option) => page().locator(`input[name="${option}"]`);
  const dialog = () => page().getByRole('dialog');
  const figure = (text) => page().getByRole('listitem').filter({ hasText: text });
  const shows = (text) => figure(text).first().waitFor();
  const counts = () => {
    const rows = server.database.rows(
      'SELECT state, count(*) AS n FROM magic_sessionmanager_sessions GROUP BY state',
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  };

  it('says that the current settings leave every session as it is', async () => {
    await shows('None of 47 active sessions would become inactive');
    await shows('No session would be terminated');
    await shows('would delete nothing');
    await browser.picture('preview-1-current');
  });

  it('counts what a change would do as it is typed, beside the current settings', async () => {
    await number('inactivityTimeout').fill('0.2');
    await shows('38 of 47 active sessions would become inactive');
    await number('absoluteTimeout').fill('5');
    await shows('3 sessions would be terminated');
    await page().getByRole('checkbox', { name: 'Keep terminated sessions: Forever' }).click();
    await number('terminatedRetentionDays').fill('30');
    await shows('would delete 12 records');
    assert.equal(await page().getByText('Current settings: 0').count(), 3);
    await browser.picture('preview-2-changed');
  });

  it('keeps to the last valid values while one is invalid', async () => {
    await number('inactivityTimeout').fill('-1');
    const advice = page().getByText('Fix the invalid value', { exact: false }).first();
    await advice.waitFor();
    await shows('38 of 47 active sessions would become inactive');
    await number('inactivityTimeout').fill('0.2');
    await advice.waitFor({ state: 'detached' });
  });

  it('says what limits of failed logins mean for guessers and for the owner', async () => {
    const typos = (count) =>
      page()
        .getByRole('row')
        .filter({ hasText: `${count} typo` });
    await figure('1 network').getByText('99 a day').waitFor();
    await figure('30,000 networks').getByText('99 a day').waitFor();
    await typos(1).getByText('No wait').first().waitFor();
    assert.deepEqual(await typos(10).getByRole('cell').allInnerTexts(), ['1 minute', '16 minutes']);

    await number('failedLogins.perAccount').fill('500');
    await number('failedLogins.perAddress').fill('50');
    await figure('1 network').getByText('49 a day').waitFor();
    await figure('100 networks').getByText('499 a day').waitFor();
    assert.deepEqual(await typos(10).getByRole('cell').allInnerTexts(), ['1 minute', 'No wait']);
    await browser.picture('preview-6-logins');
    await number('failedLogins.perAccount').fill('100');
    await number('failedLogins.perAddress').fill('300');
    await figure('1 network').getByText('99 a day').waitFor();

    const limits = page().getByRole('checkbox', { name: 'Limit failed logins' });
    await limits.click();
    await page().getByText('Failed logins are not limited.', { exact: false }).waitFor();
    assert.equal(await figure('1 network').count(), 0);
    await browser.picture('preview-7-logins-unlimited');
    await limits.click();
    await figure('1 network').waitFor();
  });

  it('saves nothing unless it is asked to', async () => {
    await page().getByRole('button', { name: 'Read the sessions again' }).click();
    await shows('38 of 47 active sessions would become inactive');
    await page().getByRole('slider', { name: 'Login' }).press('ArrowRight');
    await page().getByRole('button', { name: 'Back to the usual day' }).click();
    await page().waitForLoadState('networkidle');
    assert.equal((await server.admin.setting('inactivityTimeout')).value, HOUR);
  });

  it('lists the sessions behind a figure, page by page', async () => {
    await figure('would become inactive').getByRole('button').click();
    await dialog().getByText('1–10 of 38').waitFor();
    await dialog().getByText('30 minutes ago').first().waitFor();
    assert.equal(await dialog().getByRole('listitem').count(), 10);
    await browser.picture('preview-3-list');
    for (let turn = 0; turn < 3; turn += 1) {
      await dialog().getByRole('button', { name: 'Next' }).click();
    }
    await dialog().getByText('31–38 of 38').waitFor();
    await until('its eight are listed', async () => {
      return (await dialog().getByRole('listitem').count()) === 8;
    });
    assert.equal(await dialog().getByRole('button', { name: 'Next' }).isDisabled(), true);
    await page().keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('is what the server then does', async () => {
    const before = counts();
    await page().getByRole('button', { name: 'Save' }).click();
    await page().getByText('Saved. The new settings apply now.').first().waitFor();
    await server.admin.cleanUp();
    assert.deepEqual(counts(), {
      active: before.active - 38 - 3,
      inactive: 38,
      terminated: before.terminated + 3 - 12,
    });
    await page().getByRole('button', { name: 'Read the sessions again' }).click();
    await shows('None of 6 active sessions would become inactive');
    await shows('No session would be terminated');
    await shows('would delete nothing');
  });

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });
});
