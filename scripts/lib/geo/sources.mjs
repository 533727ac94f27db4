import path from 'node:path';
import { cached } from '../../../tests/harness/cache/cache.mjs';
import { capture } from '../../../tests/harness/process/run.mjs';
import { readRanges } from './ranges.mjs';

/** The data sets, as packages that are published daily. */
const COUNTRIES = { name: '@ip-location-db/asn-country', version: '2.3.2026061719' };
const NETWORKS = { name: '@ip-location-db/asn', version: '2.3.2026061719' };

/** Returns the ranges of countries by two letters. */
export const countryRanges = () => rangesOf(COUNTRIES, 'asn-country');

/** Returns the ranges that are announced, by the number of their autonomous system. */
export const announcedRanges = () => rangesOf(NETWORKS, 'asn');

/** The versions, as `SOURCES.md` tells them. */
export const VERSIONS = [COUNTRIES, NETWORKS].map(({ name, version }) => `${name} ${version}`);

async function rangesOf(source, file) {
  const folder = await downloaded(source);
  const read = (family) => readRanges(path.join(folder, 'package', `${file}-${family}-num.csv`));
  return { v4: read('ipv4'), v6: read('ipv6') };
}

async function downloaded({ name, version }) {
  const key = `${name.replace('/', '-')}-${version}`.replace('@', '');
  return await cached(`geo-${key}`, version, async (folder) => {
    const [{ filename }] = JSON.parse(
      await capture('npm', ['pack', `${name}@${version}`, '--json'], { cwd: folder }),
    );
    await capture('tar', ['-xzf', filename], { cwd: folder });
  });
}
