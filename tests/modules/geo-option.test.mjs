import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

const PARTS = 'true, false, or an object with "city", "asn" and "lists"';

/** The values that the option refuses, by what the message says. */
const REFUSED = {
  [`option "geo" takes ${PARTS}`]: ['yes', 1, []],
  'option "geo" takes "city", "asn", "lists", nothing else': [{ cities: '/a' }],
  'option "geo.city" takes the path of a file': [{ city: '' }, { city: true }],
  'option "geo.asn" takes the path of a file': [{ asn: ['/a'] }],
  'option "geo.lists" takes an object of paths': [{ lists: '/a' }, { lists: ['/a'] }],
  'option "geo.lists" takes "relay", "tor", "vpn", "proxy", "hosting", nothing else': [
    { lists: { VPN: '/a' } },
    { lists: { private: '/a' } },
  ],
  'option "geo.lists.tor" takes the path of a file': [{ lists: { tor: 7 } }],
};

describe('The option geo', () => {
  const modules = new ServerModules();
  const { geoSettingsOf } = modules.load('config/geo');
  after(() => modules.dispose());

  const pathsOf = ({ city, asn, lists }) => ({
    ...{ city, asn },
    ...Object.fromEntries(lists.map(({ kind, path }) => [kind, path])),
  });

  it('is on without files by default, and off with false', () => {
    for (const value of [undefined, null, true])
      assert.deepEqual(pathsOf(geoSettingsOf(value)), { city: null, asn: null });
    assert.equal(geoSettingsOf(false), null);
    assert.equal(pathsOf(geoSettingsOf({ city: '/c', lists: null })).city, '/c');
  });

  it('takes the paths of files', () => {
    const lists = { tor: '/t', relay: 'r', vpn: null };
    const { tor, relay, vpn, ...others } = pathsOf(geoSettingsOf({ city: '/c', lists }));
    assert.deepEqual([others.city, others.asn, tor, relay, vpn], ['/c', null, '/t', 'r', null]);
  });

  for (const [message, values] of Object.entries(REFUSED))
    it(`is refused with the message: ${message}`, () => {
      for (const value of values)
        assert.throws(
          () => geoSettingsOf(value),
          ({ message: text }) => text.endsWith(message),
        );
    });
});
