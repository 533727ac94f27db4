/**
 * Writes databases in the format MMDB, version 2.0 (https://maxmind.github.io/MaxMind-DB/), for tests of what
 * reads them.
 */
import { isIPv4 } from 'node:net';

const NODE_BYTES = 6;
const SEPARATOR_BYTES = 16;
const METADATA_MARKER = Buffer.concat([Buffer.from('abcdef', 'hex'), Buffer.from('MaxMind.com')]);

const TYPES = { text: 2, uint16: 5, uint32: 6, map: 7, uint64: 9, array: 11 };
/** Types beyond this one are written behind the first byte. */
const LAST_SHORT_TYPE = 7;

/** Returns a database: the record of each network, by its notation such as `10.0.0.0/8`. */
export function mmdbOf(records, { type = 'Test-City', builtAt = '2026-11-01T00:00:00Z' } = {}) {
  const tree = [[null, null]];
  const data = [];
  let offset = 0;
  for (const [network, record] of Object.entries(records)) {
    insert(tree, bitsOf(network), { offset });
    data.push(encoded(record));
    offset += data.at(-1).length;
  }
  const metadata = encoded({
    binary_format_major_version: uint('uint16', 2),
    binary_format_minor_version: uint('uint16', 0),
    build_epoch: uint('uint64', Date.parse(builtAt) / 1000),
    database_type: type,
    description: { en: 'a database of the tests' },
    ip_version: uint('uint16', 6),
    languages: ['en'],
    node_count: uint('uint32', tree.length),
    record_size: uint('uint16', (NODE_BYTES / 2) * 8),
  });
  return Buffer.concat([
    ...tree.map((node) => nodeOf(node, tree.length)),
    Buffer.alloc(SEPARATOR_BYTES),
    ...data,
    METADATA_MARKER,
    metadata,
  ]);
}

function uint(type, value) {
  return { type, value };
}

/** Adds a record to the tree: a place is `null`, the number of a node, or a record. */
function insert(tree, bits, record) {
  let at = 0;
  bits.slice(0, -1).forEach((bit) => {
    if (tree[at][bit] === null) {
      tree.push([null, null]);
      tree[at][bit] = tree.length - 1;
    }
    at = tree[at][bit];
  });
  tree[at][bits.at(-1)] = record;
}

function nodeOf(node, count) {
  const bytes = Buffer.alloc(NODE_BYTES);
  node.forEach((place, side) => {
    const { offset } = Object(place);
    const number = offset === undefined ? (place ?? count) : count + SEPARATOR_BYTES + offset;
    bytes.writeUIntBE(number, (side * NODE_BYTES) / 2, NODE_BYTES / 2);
  });
  return bytes;
}

/** Returns the bits of the prefix of a network; one of IPv4 stands within `::/96`. */
function bitsOf(network) {
  const [address, length] = network.split('/');
  const bytes = isIPv4(address)
    ? [...Array(12).fill(0), ...address.split('.').map(Number)]
    : groupsOf(address).flatMap((group) => [group >> 8, group & 0xff]);
  const kept = Number(length) + (isIPv4(address) ? 96 : 0);
  return bytes
    .flatMap((byte) => Array.from({ length: 8 }, (_, at) => (byte >> (7 - at)) & 1))
    .slice(0, kept);
}

function groupsOf(address) {
  const [start, end = ''] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const missing = Array(8 - start.length - end.length).fill('0');
  return [...start, ...missing, ...end].map((group) => Number.parseInt(group, 16));
}

function encoded(value) {
  if (typeof value === 'string') return withHead(TYPES.text, Buffer.from(value));
  if (typeof value === 'number') return encoded(uint('uint32', value));
  if (Array.isArray(value))
    return withHead(TYPES.array, Buffer.concat(value.map(encoded)), value.length);
  if (value.type in TYPES) return withHead(TYPES[value.type], bigEndian(value.value));
  const entries = Object.entries(value);
  return withHead(TYPES.map, Buffer.concat(entries.flat().map(encoded)), entries.length);
}

function bigEndian(number) {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
}

/** Puts type and size before the content. */
function withHead(type, content, size = content.length) {
  if (size >= 285) throw new Error('no size of two bytes is written');
  const short = type <= LAST_SHORT_TYPE ? type : 0;
  const head = [(short << 5) | Math.min(size, 29)];
  if (short === 0) head.push(type - LAST_SHORT_TYPE);
  if (size >= 29) head.push(size - 29);
  return Buffer.concat([Buffer.from(head), content]);
}
