import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PLUGIN } from '../harness/paths.mjs';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const textsIn = (language) =>
  JSON.parse(
    readFileSync(path.join(PLUGIN, 'admin', 'src', 'translations', `${language}.json`), 'utf8'),
  );

describe('The pages in other languages', { concurrency: false }, () => {
  let server;
  let browser;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    const { user } = await server.users.signUp();
    await server.users.tryLogin(user.username, { password: 'wrong' });
    await server.admin.changeSettings({ inactivityTimeout: 7 * 60_000 });
    browser = await AdminBrowser.logIn(server);
  });
  after(() => closeAll(server, browser));

  const body = () => browser.page.locator('main').innerText();

  for (const [language, halfMinute, sevenMinutes] of [
    ['de', 'Standard: 30 Sekunden', '7 Minuten'],
    ['fr', 'Par défaut : 30 secondes', '7 minutes'],
    ['es', 'Predeterminado: 30 segundos', '7 minutos'],
    ['pt', 'Predefinição: 30 segundos', '7 minutos'],
  ]) {
    it(`speak ${language}, down to times and plurals`, async () => {
      const texts = textsIn(language);
      const { page } = browser;
      await page.evaluate(
        (chosen) => localStorage.setItem('strapi-admin-language', chosen),
        language,
      );
      await page.goto(browser.url('/admin/plugins/magic-sessionmanager'));
      await page.getByRole('heading', { name: texts['page.title'], exact: true }).waitFor();
      await page.getByText(texts['state.active'], { exact: true }).last().waitFor();
      assert.doesNotMatch(await body(), /magic-sessionmanager\./, 'a key stands for a text');
      await browser.picture(`sessions-${language}`);

      await page.goto(browser.url('/admin/plugins/magic-sessionmanager/journal'));
      await page.getByRole('heading', { name: texts['journal.title'], exact: true }).waitFor();
      const entries = page.getByRole('row');
      for (const key of ['event.created', 'event.settingsChanged', 'event.loginFailed'])
        await entries.filter({ hasText: texts[key] }).first().waitFor();
      await entries
        .filter({ hasText: texts['option.inactivityTimeout.name'] })
        .getByText(sevenMinutes)
        .waitFor();
      assert.doesNotMatch(await body(), /magic-sessionmanager\./, 'a key stands for a text');
      await browser.picture(`journal-${language}`);

      await page.goto(browser.url('/admin/settings/magic-sessionmanager'));
      await page.getByRole('heading', { name: texts['settings.title'], exact: true }).waitFor();
      await page.getByText(halfMinute, { exact: false }).first().waitFor();
      assert.doesNotMatch(await body(), /magic-sessionmanager\./, 'a key stands for a text');
      await browser.picture(`settings-${language}`);
    });
  }

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });
});
