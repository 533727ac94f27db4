import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { AdminBrowser, closeAll } from '../harness/browser/browser.mjs';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { GeoFolder } from '../harness/geo/geo-folder.mjs';
import { BEHIND_PROXY, logInFrom } from '../harness/geo/log-in-from.mjs';
import { mmdbOf } from '../harness/geo/mmdb.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const SETTINGS = '/admin/settings/magic-sessionmanager';
const SESSIONS = '/admin/plugins/magic-sessionmanager';

describe('Files of places and networks in the admin panel', { concurrency: false }, () => {
  const folder = new GeoFolder();
  let server;
  let browser;
  before(async () => {
    const city = { country: { iso_code: 'CA' }, city: { names: { en: 'Montréal' } } };
    const system = { asn: 'AS64500', as_name: 'An <b>Example</b> Ltd' };
    folder.write('city', mmdbOf({ '8.8.8.0/24': city }));
    folder.write('asn', mmdbOf({ '8.8.8.0/24': system }, { type: 'Test-ASN' }));
    folder.write('vpn', '88.198.0.0/16\nno network\n9.9.9.9\n');
    const config = { geo: folder.option };
    server = await TestServer.start({ config, env: BEHIND_PROXY });
    await server.admin.register();
    const { user } = await server.users.signUp();
    for (const ip of ['8.8.8.8', '88.198.0.1'])
      assertStatus(await logInFrom(server, user, ip), 200);
    browser = await AdminBrowser.logIn(server, { path: SETTINGS });
  });
  after(async () => {
    await closeAll(server, browser, 'geo-files-4-after-the-tests');
    folder.dispose();
  });

  const row = (name) => browser.page.locator('dl > div').filter({ hasText: name });
  const shows = (name, text) => row(name).getByText(text, { exact: false }).first().waitFor();

  it('say on the status card what is in use, and what is wrong', async () => {
    await shows('File of geo.city', 'Made on Nov 1, 2026.');
    await shows('File of geo.city', 'Read · ');
    await shows('geo.lists.vpn', '2 ranges of addresses, and one line without a network.');
    await shows('geo.lists.relay', 'The file is not there');
    await row('geo.lists.relay').scrollIntoViewIfNeeded();
    await browser.picture('geo-files-1-status');
  });

  it('tell the city and the network in the list and in the details', async () => {
    await browser.page.goto(browser.url(SESSIONS));
    const list = browser.page.getByRole('main');
    await list.getByText('88.198.0.1 · Germany, VPN').waitFor();
    await list.getByText('8.8.8.8 · Montréal, Canada, hosting company').waitFor();
    await browser.picture('geo-files-2-list');
    await list
      .getByRole('row')
      .filter({ hasText: '8.8.8.8' })
      .getByRole('button', { name: 'Details of' })
      .click();
    const details = browser.page.getByRole('dialog');
    await details.getByText('AS64500 · An <b>Example</b> Ltd').waitFor();
    assert.equal(await details.locator('b').count(), 0);
    await browser.picture('geo-files-3-details');
  });
});
