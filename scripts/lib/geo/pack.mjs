/** The format of tables; `src/geo/table.rs` reads it. */
const FORMAT = 'MSG1';

/** A table tells networks of this size apart: /24 and /48, the smallest that are announced. */
export const BITS_LEFT_OUT = { v4: 8n, v6: 80n };

/** Packs where values begin into a table. Values are texts of two letters, `null` for none. */
export function packTable({ v4, v6 }) {
  const values = byFrequency([...v4, ...v6].map(({ value }) => value));
  const numberOf = new Map([[null, 0], ...values.map((value, place) => [value, place + 1])]);
  const packedV4 = packStarts(v4, numberOf);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(packedV4.length);
  return Buffer.concat([
    Buffer.from(FORMAT),
    Buffer.from([values.length]),
    Buffer.from(values.join(''), 'latin1'),
    length,
    packedV4,
    packStarts(v6, numberOf),
  ]);
}

/** A frequent value gets a small number, which takes one byte. */
function byFrequency(values) {
  const counts = new Map();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.keys()].sort(
    (one, other) => counts.get(other) - counts.get(one) || (one < other ? -1 : 1),
  );
}

function packStarts(starts, numberOf) {
  const bytes = [];
  let before = 0n;
  for (const { start, value } of starts) {
    bytes.push(...leb128(start - before), ...leb128(BigInt(numberOf.get(value))));
    before = start;
  }
  return Buffer.from(bytes);
}

function leb128(number) {
  const bytes = [];
  let rest = number;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}
