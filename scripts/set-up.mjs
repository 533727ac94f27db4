/**
 * Fetches what the tests need and this machine does not have: servers, a browser, versions of Node and of Strapi.
 *
 * The tests do the same by themselves, each when its turn comes; done ahead, they need not wait. What cannot be had is
 * named here, and tried again by whatever needs it.
 */
import { installedApp } from './lib/app-install.mjs';
import { ensureWrk } from './lib/bench/wrk.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureDatabase } from './lib/database-tools.mjs';
import { CELLS, nameOf } from './lib/matrix/cells.mjs';
import { nodeKit } from './lib/matrix/node-kit.mjs';
import { sqliteDriver } from './lib/matrix/sqlite-driver.mjs';
import { strapiInstall } from './lib/matrix/strapi-install.mjs';
import { nodeOf } from './lib/other-nodes.mjs';
import { ensureRedis } from './lib/redis-tool.mjs';
import { valkeyServer } from './lib/valkey-tool.mjs';

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
