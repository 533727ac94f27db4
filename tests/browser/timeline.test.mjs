import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';
import { until } from '../harness/process/until.mjs';

const PATH = '/admin/settings/magic-sessionmanager';

describe('The timeline of a session’s life', { concurrency: false }, () => {
  let server;
  let browser;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
    browser = await AdminBrowser.logIn(server, { path: PATH });
  });
  after(() => closeAll(server, browser, 'timeline-3-after-the-tests'));

  const page = () => browser.page;
  const moment = (name) => page().getByRole('slider', { name, exact: true });
  const timeOf = async (name) => (await moment(name).getAttribute('aria-valuetext')).slice(4);
  const story = async () =>
    (await page().getByRole('list', { name: 'Events in order' }).innerText()).split('\n');
  const told = (text) =>
    until(`the story says "${text}"`, async () =>
      (await story()).some((line) => line.includes(text)),
    );
  const figure = (name) =>
    page().locator('dl > div').filter({ hasText: name }).locator('dd').first();
  const reads = (name, text) =>
    until(`${name} is ${text}`, async () => (await figure(name).innerText()) === text);

  it('describes a usual day in words: two absences, termination and deletion', async () => {
    await told('Login');
    const lines = (await story()).filter((line) => !/\d/.test(line));
    assert.deepEqual(lines, [
      'Login',
      'Inactive: idle for too long',
      'Active again with the next request',
      'Inactive: idle for too long',
      'Active again with the next request',
      'Inactive: idle for too long',
      'Terminated: Expired',
      'Record deleted',
    ]);
    await reads('Reactivations', '2');
    await browser.picture('timeline-1');
  });

  it('says how many requests wrote nothing', async () => {
    // 180, 270 and 90 minutes of requests, at both ends as well, of which the login itself writes.
    await page()
      .getByText(/of 3,243 requests wrote nothing/)
      .waitFor();
    await page().getByRole('combobox', { name: 'While at work, a request every' }).click();
    await page().getByRole('option', { name: '5 minutes' }).click();
    await page()
      .getByText(/of 111 requests wrote nothing/)
      .waitFor();
  });

  it('is moved by the keyboard, within what its neighbours allow', async () => {
    assert.equal(await timeOf('Pause ends'), '1:00 PM');
    await moment('Pause ends').focus();
    await page().keyboard.press('ArrowLeft');
    assert.equal(await timeOf('Pause ends'), '12:55 PM');
    await page().keyboard.press('PageUp');
    assert.equal(await timeOf('Pause ends'), '1:55 PM');
    await page().keyboard.press('Home');
    assert.equal(await timeOf('Pause ends'), '12:05 PM');
    await reads('Reactivations', '1');
    await page().keyboard.press('End');
    assert.equal(await timeOf('Pause ends'), '5:25 PM');
    await reads('Reactivations', '2');
  });

  it('is moved with the mouse', async () => {
    const { x, y, width, height } = await moment('Laptop opened').boundingBox();
    await page().mouse.move(x + width / 2, y + height / 2);
    await page().mouse.down();
    await page().mouse.move(x - 60, y + height / 2, { steps: 6 });
    await page().mouse.up();
    const hour = await timeOf('Laptop opened');
    assert.notEqual(hour, '8:30 AM');
    await page().mouse.move(x - 120, y + height / 2);
    assert.equal(await timeOf('Laptop opened'), hour, 'it has been let go');
    await page().getByRole('button', { name: 'Back to the usual day' }).click();
    assert.equal(await timeOf('Laptop opened'), '8:30 AM');
  });

  it('follows the form: a session that is terminated when idle refuses later requests', async () => {
    await page().getByRole('combobox', { name: 'When a session is idle' }).click();
    await page().getByRole('option', { name: 'Terminate it' }).click();
    await told('Terminated: Idle for too long');
    await told('requests are refused. The user must log in again.');
    await reads('Reactivations', '0');
    await browser.picture('timeline-2-terminated');
  });

  it('ran without an error in the console', () => {
    assert.deepEqual(browser.errors, []);
  });
});
