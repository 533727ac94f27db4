import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Geography, memory, NetworkKind, thrown } from '../harness/core/core.mjs';
import { PLUGIN } from '../harness/paths.mjs';

const read = (name) => new Uint8Array(readFileSync(path.join(PLUGIN, 'geo', name)));
const TABLES = { countries: read('countries.bin'), hosting: read('hosting.bin') };

/** The most memory that the tables may take, in bytes. */
const MAX_MEMORY = 4 * 1024 * 1024;

/** Servers of well-known companies, at addresses that they have had for years. */
const KNOWN = {
  '8.8.8.8': ['US', 'hosting'],
  '2001:4860:4860::8888': ['US', 'hosting'],
  '193.0.6.139': ['NL', 'other'],
  '2001:67c:2e8:22::c100:68b': ['NL', 'other'],
  '88.198.0.1': ['DE', 'hosting'],
  '2a01:4f8::1': ['DE', 'hosting'],
  '133.205.0.1': ['JP', 'other'],
  '217.0.43.1': ['DE', 'other'],
  '2003:e8::1': ['DE', 'other'],
  '195.186.1.111': ['CH', 'other'],
  '200.160.2.3': ['BR', 'other'],
  '::ffff:8.8.8.8': ['US', 'hosting'],
  '64:ff9b::8.8.8.8': ['US', 'hosting'],
};

/** Addresses that are nobody's on the Internet. */
const SPECIAL = {
  '10.1.2.3': 'private',
  '::1': 'private',
  'fd00::1': 'private',
  '100.64.0.1': 'private',
  '203.0.113.7': 'reserved',
  '2001:db8::1': 'reserved',
  unknown: 'unknown',
  '': 'unknown',
};

/** Reads the number of a location: a kind, and two letters above it. */
function locationOf(code) {
  const letters = Buffer.from([(code >> 8) & 0xff, (code >> 16) & 0xff]);
  return {
    country: code >> 8 === 0 ? null : letters.toString('latin1'),
    network: NetworkKind[code & 0xff].toLowerCase(),
  };
}

describe('The tables of networks', () => {
  let geography;
  let grownBy;
  before(() => {
    const size = memory.buffer.byteLength;
    geography = new Geography(TABLES);
    grownBy = memory.buffer.byteLength - size;
  });
  after(() => geography.free());

  it('take little memory', () => {
    assert.ok(grownBy <= MAX_MEMORY, `${grownBy} bytes`);
  });

  it('tell the country and the kind of network of an address', () => {
    for (const [address, [country, network]] of Object.entries(KNOWN))
      assert.deepEqual(locationOf(geography.locate(address)), { country, network }, address);
  });

  it('tell no country of an address that is nobody’s on the Internet', () => {
    for (const [address, network] of Object.entries(SPECIAL))
      assert.deepEqual(locationOf(geography.locate(address)), { country: null, network }, address);
  });

  it('know nothing where they are empty', () => {
    const empty = { countries: new Uint8Array(), hosting: new Uint8Array() };
    const nothing = new Geography(empty);
    assert.deepEqual(locationOf(nothing.locate('8.8.8.8')), { country: null, network: 'other' });
    nothing.free();
  });

  it('are refused where one is damaged or missing', () => {
    for (const name of ['countries', 'hosting']) {
      for (const damaged of [TABLES[name].slice(0, 300), Uint8Array.of(1, 2, 3), 'a text', null]) {
        const { code, field } = thrown(() => new Geography({ ...TABLES, [name]: damaged }));
        assert.deepEqual([code, field?.split('.').at(-1)], ['invalid_argument', name]);
      }
    }
  });
});

describe('A list of networks', () => {
  /** A network in place of a list. */
  const NOBODY = '192.0.2.1';
  const KINDS = ['relay', 'tor', 'vpn', 'proxy', 'hosting'];
  const kindAt = (geography, address) => locationOf(geography.locate(address)).network;
  let geography;
  before(() => {
    geography = new Geography(TABLES);
  });
  after(() => geography.free());

  const use = (kind, ...parts) => {
    geography.startList();
    const rejected = parts.map((part) => geography.addToList(part));
    return { rejected, ranges: geography.finishList(kind) };
  };

  it('tells the kind of a network, and keeps its country', () => {
    const text = '# exits\n88.198.0.0/16\nnothing\n8.8.8.8,US';
    assert.deepEqual(use('tor', text, '\n2a01:4f8::/32\n'), { rejected: [1, 0], ranges: 3 });
    for (const address of ['88.198.0.1', '8.8.8.8', '2a01:4f8::1', '::ffff:8.8.8.8'])
      assert.equal(kindAt(geography, address), 'tor', address);
    assert.deepEqual(locationOf(geography.locate('88.198.0.1')), { country: 'DE', network: 'tor' });
    assert.equal(kindAt(geography, '8.8.4.4'), 'hosting');
    use('tor', NOBODY);
    assert.equal(kindAt(geography, '8.8.8.8'), 'hosting');
  });

  it('counts as its first kind where an address is in several', () => {
    for (const kind of [...KINDS].reverse()) {
      use(kind, '8.8.8.8');
      assert.equal(kindAt(geography, '8.8.8.8'), kind);
    }
    for (const kind of KINDS) use(kind, NOBODY);
  });

  it('is not in use before it is finished, and dropped where another one begins', () => {
    geography.startList();
    geography.addToList('8.8.8.8');
    assert.equal(kindAt(geography, '8.8.8.8'), 'hosting');
    assert.equal(use('vpn', '9.9.9.9').ranges, 1);
    assert.equal(kindAt(geography, '8.8.8.8'), 'hosting');
    use('vpn', NOBODY);
  });

  it('is refused without a network, and the one before it stays', () => {
    use('vpn', '9.9.9.9');
    for (const text of ['', '# a remark', '<html>'])
      assert.equal(thrown(() => use('vpn', text)).field, 'text');
    assert.equal(kindAt(geography, '9.9.9.9'), 'vpn');
    use('vpn', NOBODY);
  });

  it('is refused with another kind, and where it is no text', () => {
    for (const kind of ['other', 'private', '', null, 4, 'Tor'])
      assert.equal(thrown(() => geography.finishList(kind)).field, 'kind');
    for (const text of [null, 7, ['8.8.8.8'], 'x'.repeat(65_537)])
      assert.equal(thrown(() => geography.addToList(text)).field, 'text');
  });
});
