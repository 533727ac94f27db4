import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ServerModules } from '../harness/modules/server-modules.mjs';

/** Records as the makers of databases write them, with country, city, number and organization. */
const RECORDS = {
  'GeoLite2 and DB-IP, cities': [
    {
      city: { geoname_id: 6_077_243, names: { de: 'Montreal', en: 'Montréal' } },
      country: { iso_code: 'CA', names: { en: 'Canada' } },
      location: { latitude: 45.5, longitude: -73.6 },
    },
    ['CA', 'Montréal', null, null],
  ],
  'GeoLite2 and DB-IP, systems': [
    { autonomous_system_number: 24_940, autonomous_system_organization: 'Hetzner Online GmbH' },
    [null, null, 24_940, 'Hetzner Online GmbH'],
  ],
  'IPinfo, lite': [
    { asn: 'AS15169', as_name: 'Google LLC', country: 'United States', country_code: 'US' },
    ['US', null, 15_169, 'Google LLC'],
  ],
  'IPinfo, places': [
    { city: 'Zürich', country: 'CH', region: 'Zurich', lat: '47.3', lng: '8.5' },
    ['CH', 'Zürich', null, null],
  ],
  'IPinfo, systems': [
    { asn: 'AS3320', domain: 'telekom.de', name: 'Deutsche Telekom AG' },
    [null, null, 3320, 'Deutsche Telekom AG'],
  ],
  'without a country': [{ city: { names: {} }, country: {} }, [null, null, null, null]],
  'of other kinds': [
    { city: 7, country: ['CH'], country_code: 'ch', asn: 'ASx', as_name: { en: 'x' }, name: '' },
    [null, null, null, null],
  ],
  'with a polluted name': [Object.create({ country: 'CH', name: 'x' }), [null, null, null, null]],
  'with wrong numbers': [
    { asn: -5, autonomous_system_number: 1.5, as_name: 'x'.repeat(300) },
    [null, null, null, 'x'.repeat(100)],
  ],
};

describe('A record of a database of places', () => {
  const modules = new ServerModules();
  const { asnOf, cityOf, countryOf, organizationOf } = modules.load(
    'services/geography/place-records',
  );
  after(() => modules.dispose());

  const read = (record) => [countryOf, cityOf, asnOf, organizationOf].map((of) => of(record));

  for (const [maker, [record, expected]] of Object.entries(RECORDS))
    it(`is read: ${maker}`, () => assert.deepEqual(read(record), expected));

  it('tells nothing where there is none', () =>
    assert.deepEqual(read(null), [null, null, null, null]));
});
