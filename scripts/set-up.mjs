/**
 * Fetches everything that the tests need and this machine lacks: packages, servers, a browser,
 * versions of Node and of Strapi.
 *
 * Each suite does the same by itself. A part that cannot be fetched is named here, and the suite
 * that needs it tries again.
 */
import { packedPlugin } from '../tests/harness/app/packed-plugin.mjs';
import { preparedApp } from '../tests/harness/app/prepared-app.mjs';
import { sqliteDriver } from '../tests/harness/app/sqlite-driver.mjs';
import { CELLS, nameOf } from '../tests/harness/matrix/cells.mjs';
import { ROOT } from '../tests/harness/paths.mjs';
import { ensureChromium } from '../tests/harness/tools/chromium.mjs';
import { ensureDatabase } from '../tests/harness/tools/database-servers.mjs';
import { nodeOf } from '../tests/harness/tools/node-versions.mjs';
import { ensureRedis } from '../tests/harness/tools/redis.mjs';
import { valkeyServer } from '../tests/harness/tools/valkey.mjs';
import { ensureWrk } from './lib/bench/wrk.mjs';
import { nodeKit } from './lib/matrix/node-kit.mjs';
import { strapiInstall } from './lib/matrix/strapi-install.mjs';
import { ensureRootInstall } from './lib/set-up/root-setup.mjs';

const CORNERS = CELLS.filter(({ corner }) => corner);

/** Each list is worked off in its order, all lists at the same time. */
const LISTS = [
  [
    ['the packages', ensureRootInstall],
    ["SQLite's driver", () => sqliteDriver(ROOT)],
    ['the test app', async () => preparedApp(await packedPlugin())],
  ],
  [
    ['Node 18', () => nodeOf(18)],
    ['Node 22', () => nodeOf(22)],
    ['Node 26', () => nodeOf(26)],
    ['Valkey', valkeyServer],
    ['wrk', ensureWrk],
    ['the packages', ensureRootInstall],
    ...CORNERS.map((cell) => [nameOf(cell), () => fetchCell(cell)]),
  ],
  [
    ['Redis', ensureRedis],
    ['PostgreSQL', () => ensureDatabase('postgres')],
    ['MariaDB', () => ensureDatabase('mysql')],
    ['Chromium', ensureChromium],
  ],
];

async function fetchCell(cell) {
  const install = await strapiInstall(cell);
  await sqliteDriver(install, await nodeKit(cell.node));
}

async function workOff(list) {
  for (const [name, fetch] of list) {
    try {
      await fetch();
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
    }
  }
}

await Promise.all(LISTS.map(workOff));
