/**
 * Fetches what the tests need and this machine does not have: servers, a browser, versions of Node and of Strapi.
 *
 * The tests do the same by themselves, each when its turn comes; done ahead, they need not wait. What cannot be had is
 * named here, and tried again by whatever needs it.
 */
import { installedApp } from '../tests/harness/app/app-install.mjs';
import { ensureWrk } from './lib/bench/wrk.mjs';
import { ensureChromium } from '../tests/harness/tools/chromium.mjs';
import { ensureDatabase } from '../tests/harness/tools/database-servers.mjs';
import { CELLS, nameOf } from '../tests/harness/matrix/cells.mjs';
import { nodeKit } from './lib/matrix/node-kit.mjs';
import { sqliteDriver } from './lib/matrix/sqlite-driver.mjs';
import { strapiInstall } from './lib/matrix/strapi-install.mjs';
import { nodeOf } from '../tests/harness/tools/node-versions.mjs';
import { ensureRedis } from '../tests/harness/tools/redis.mjs';
import { valkeyServer } from '../tests/harness/tools/valkey.mjs';

const NEEDS = [
  ['Node 18', () => nodeOf(18)],
  ['Node 22', () => nodeOf(22)],
  ['the test app', installedApp],
  ['Redis', ensureRedis],
  ['Valkey', valkeyServer],
  ...CELLS.filter(({ corner }) => corner).map((cell) => [nameOf(cell), () => fetchCell(cell)]),
  ['wrk', ensureWrk],
  ['PostgreSQL', () => ensureDatabase('postgres')],
  ['MariaDB', () => ensureDatabase('mysql')],
  ['Chromium', ensureChromium],
];

async function fetchCell(cell) {
  const install = await strapiInstall(cell);
  await sqliteDriver(install, await nodeKit(cell.node));
}

for (const [what, fetch] of NEEDS) {
  try {
    await fetch();
  } catch (error) {
    console.error(`${what}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
