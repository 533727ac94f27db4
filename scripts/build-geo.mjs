/**
 * Builds the tables of plugin/geo/ from the data of the registries: the countries of networks, and the networks of
 * hosting companies. It measures how many announced addresses have a country, and fails below 99 %.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Random } from '../tests/harness/core/random.mjs';
import { PLUGIN } from '../tests/harness/paths.mjs';
import { BITS_LEFT_OUT, packTable } from './lib/geo/pack.mjs';
import { startsOf } from './lib/geo/ranges.mjs';
import { announcedRanges, countryRanges, VERSIONS } from './lib/geo/sources.mjs';

const FOLDER = path.join(PLUGIN, 'geo');
const HOSTING = new URL('lib/geo/hosting-networks.json', import.meta.url);

/** The most bytes that both tables may take in the package. */
const MAX_PACKED_BYTES = 300 * 1024;

const SAMPLES = 100_000;
const LEAST_COVERED = 0.99;

const byFamily = (build) => ({ v4: build('v4'), v6: build('v6') });

const countries = await countryRanges();
const announced = await announcedRanges();
const hosting = hostingNumbers();
const starts = byFamily((family) => startsOf(countries[family], BITS_LEFT_OUT[family]));
const tables = {
  countries: packTable(starts),
  hosting: packTable(
    byFamily((family) => {
      const hosted = announced[family].filter(({ value }) => hosting.has(value));
      const ranges = hosted.map((range) => ({ ...range, value: '--' }));
      return startsOf(ranges, BITS_LEFT_OUT[family]);
    }),
  ),
};

const packed = Object.entries(tables).map(([name, table]) => {
  const bytes = gzipSync(table, { level: 9 }).length;
  console.log(`${name}.bin: ${kib(table.length)}, packed ${kib(bytes)}`);
  return bytes;
});
const total = packed.reduce((sum, bytes) => sum + bytes, 0);
if (total > MAX_PACKED_BYTES) throw new Error(`the tables take ${kib(total)} in the package`);
for (const family of ['v4', 'v6']) assertCovered(family);
for (const [name, table] of Object.entries(tables))
  writeFileSync(path.join(FOLDER, `${name}.bin`), table);
console.log(`From ${VERSIONS.join(' and ')}.`);

/**
 * Draws announced addresses, and expects nearly all to have a country. A network of IPv4 is drawn by its size; in IPv6
 * sizes say nothing of the number of clients.
 */
function assertCovered(family) {
  const random = new Random(1);
  const weightOf = family === 'v4' ? ({ first, last }) => Number(last - first) + 1 : () => 1;
  const ends = [];
  for (const range of announced[family]) ends.push((ends.at(-1) ?? 0) + weightOf(range));
  let covered = 0;
  for (let drawn = 0; drawn < SAMPLES; drawn += 1) {
    const place = (random.below(2 ** 30) / 2 ** 30) * ends.at(-1);
    const range = announced[family][firstAbove(ends, place)];
    const inside = BigInt(random.below(2 ** 30)) % (range.last - range.first + 1n);
    if (valueAt(starts[family], (range.first + inside) >> BITS_LEFT_OUT[family])) covered += 1;
  }
  const share = covered / SAMPLES;
  console.log(`${family}: ${(share * 100).toFixed(2)} % of announced addresses have a country`);
  if (share < LEAST_COVERED) throw new Error(`too few addresses of ${family} have a country`);
}

function firstAbove(ends, value) {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function valueAt(all, number) {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle].start <= number) low = middle + 1;
    else high = middle;
  }
  return all[low - 1].value;
}

/** The autonomous systems of hosting companies. */
function hostingNumbers() {
  const { numbers, leftOut, added } = JSON.parse(readFileSync(HOSTING, 'utf8'));
  const without = new Set(Object.values(leftOut).flat());
  const all = [...numbers, ...Object.values(added).flat()];
  return new Set(all.filter((number) => !without.has(number)).map(String));
}

function kib(bytes) {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
