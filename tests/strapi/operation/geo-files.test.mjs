import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { GeoFolder } from '../../harness/geo/geo-folder.mjs';
import { BEHIND_PROXY, logInFrom } from '../../harness/geo/log-in-from.mjs';
import { mmdbOf } from '../../harness/geo/mmdb.mjs';
import { until } from '../../harness/process/until.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const CITY = { country: { iso_code: 'CA' }, city: { names: { en: 'Montréal', fr: 'Montréal' } } };
const SYSTEM = {
  autonomous_system_number: 64_500,
  autonomous_system_organization: 'An <b>Example</b> Ltd',
};
const NOTHING_MORE = { city: null, asn: null, organization: null };

/** Returns a database whose records were not written, as on a full disk. */
function withHole(database) {
  const records = database.indexOf('country') - 2;
  return Buffer.from(database).fill(0, records, records + 20);
}

/** Logs a new user in from each address, and returns where the API says that they are. */
async function locationsOf(server, addresses) {
  const { user } = await server.users.signUp();
  for (const ip of addresses) assertStatus(await logInFrom(server, user, ip), 200);
  const sessions = await server.admin.sessionsOf(user.id);
  return addresses.map((ip) => sessions.find((session) => session.ip === ip).location);
}

const networkOf = async (server, address) => (await locationsOf(server, [address]))[0].network;

/** Returns what the status says of a file. */
async function statusOf(server, option) {
  const answer = await server.admin.request('GET', '/magic-sessionmanager/status');
  assertStatus(answer, 200);
  return answer.json.data.geoFiles.find((file) => file.option === option);
}

/** Waits until the newest version of a file was looked at. */
const untilStatus = (server, option, holds) =>
  until(`${option} was read`, async () => holds(await statusOf(server, option)));

describe('Files of places and networks', () => {
  let folder;
  let server;
  beforeEach(() => {
    folder = new GeoFolder();
  });
  afterEach(async () => {
    await server?.dispose();
    server = undefined;
    folder.dispose();
  });

  async function start() {
    const config = { geo: folder.option };
    server = await TestServer.start({ config, env: BEHIND_PROXY });
    await server.admin.register();
  }

  function writeAll() {
    folder.write('city', mmdbOf({ '8.8.8.0/24': CITY }));
    folder.write('asn', mmdbOf({ '8.8.0.0/16': SYSTEM }, { type: 'Test-ASN' }));
    folder.write('vpn', '\u{feff}2003:e8::/32\r\n# offices\r\n88.198.0.0/16\r\nnothing\r\n');
    folder.write('relay', '88.198.7.0/24,DE,DE-BY,Munich,\n172.224.226.0/27,GB,GB-EN,London,');
  }

  it('tell more of an address, and which networks are VPNs and relays', async () => {
    writeAll();
    await start();
    await untilStatus(server, 'geo.lists.vpn', ({ loadedAt }) => loadedAt);
    const expected = {
      '8.8.8.8': {
        ...{ country: 'CA', network: 'hosting', city: 'Montréal' },
        ...{ asn: 64_500, organization: 'An <b>Example</b> Ltd' },
      },
      '8.8.4.4': {
        ...{ country: 'US', network: 'hosting', city: null },
        ...{ asn: 64_500, organization: 'An <b>Example</b> Ltd' },
      },
      '88.198.0.1': { country: 'DE', network: 'vpn', ...NOTHING_MORE },
      '2003:e8::1': { country: 'DE', network: 'vpn', ...NOTHING_MORE },
      '88.198.7.1': { country: 'DE', network: 'relay', ...NOTHING_MORE },
      '10.0.0.7': { country: null, network: 'private', ...NOTHING_MORE },
    };
    const found = await locationsOf(server, Object.keys(expected));
    assert.deepEqual(found, Object.values(expected));
    const { loadedAt, ...vpn } = await statusOf(server, 'geo.lists.vpn');
    assert.ok(Date.parse(loadedAt) > 0);
    assert.deepEqual(vpn, {
      ...{ option: 'geo.lists.vpn', madeAt: null, ranges: 2 },
      ...{ skippedLines: 1, problem: null },
    });
    const city = await statusOf(server, 'geo.city');
    assert.deepEqual([city.madeAt, city.problem], ['2026-11-01T00:00:00.000Z', null]);
  });

  it('are read again when they change, and a broken one leaves the last good one in use', async () => {
    writeAll();
    await start();
    await untilStatus(server, 'geo.lists.vpn', ({ loadedAt }) => loadedAt);
    folder.write('vpn', '8.8.4.0/24');
    folder.write('city', mmdbOf({ '8.8.8.0/24': { ...CITY, city: 'Laval' } }));
    await untilStatus(server, 'geo.lists.vpn', ({ skippedLines }) => skippedLines === 0);
    assert.equal(await networkOf(server, '8.8.4.4'), 'vpn');
    assert.equal(await networkOf(server, '88.198.0.1'), 'hosting');
    const inLaval = async () => (await locationsOf(server, ['8.8.8.8']))[0].city === 'Laval';
    await until('the new database is in use', inLaval);

    folder.write('vpn', '<html>Too many requests</html>');
    folder.write('city', withHole(mmdbOf({ '8.8.8.0/24': CITY })));
    folder.write('asn', mmdbOf({ '8.8.8.0/24': SYSTEM }).subarray(0, 300));
    for (const option of ['geo.city', 'geo.asn', 'geo.lists.vpn']) {
      await untilStatus(server, option, ({ problem }) => problem === 'wrong_content');
      assert.ok((await statusOf(server, option)).loadedAt, option);
      assert.match(server.log, new RegExp(`${option}: the file .+; what was read before stays`));
    }
    const [location] = await locationsOf(server, ['8.8.8.8']);
    assert.deepEqual([location.city, location.asn], ['Laval', 64_500]);
    assert.equal(await networkOf(server, '8.8.4.4'), 'vpn');
    assert.equal(server.log.split('geo.lists.vpn: the file').length, 2, server.log);

    writeAll();
    for (const option of ['geo.city', 'geo.asn', 'geo.lists.vpn'])
      await untilStatus(server, option, ({ problem }) => problem === null);
    assert.equal(await networkOf(server, '88.198.0.1'), 'vpn');
    assert.equal((await locationsOf(server, ['8.8.8.8']))[0].city, 'Montréal');
  });

  it('may be missing at the start, and are read once they are there', async () => {
    await start();
    await untilStatus(server, 'geo.lists.relay', ({ problem }) => problem === 'missing');
    const [location] = await locationsOf(server, ['8.8.8.8']);
    assert.deepEqual(location, { country: 'US', network: 'hosting', ...NOTHING_MORE });
    folder.write('relay', '8.8.8.8');
    await untilStatus(server, 'geo.lists.relay', ({ loadedAt }) => loadedAt);
    assert.equal(await networkOf(server, '8.8.8.8'), 'relay');
  });
});
