import { ensureDatabase } from '../../../tests/harness/tools/database-servers.mjs';
import { ensureChromium } from '../../../tests/harness/tools/chromium.mjs';
import { Counts, countsOfNode } from '../suites/counts.mjs';
import { ROOT } from '../../../tests/harness/paths.mjs';
import { stream } from '../../../tests/harness/process/run.mjs';
import { modesOf } from '../../../tests/harness/matrix/cells.mjs';
import { matrixApp } from './matrix-app.mjs';
import { nodeKit } from './node-kit.mjs';

const ACCEPTANCE = 'tests/matrix/acceptance.test.mjs';

/** What the browser has to load and compute; everywhere else it gets what Vite has built. */
const IN_BROWSER = ['tests/browser/sessions-page.test.mjs', 'tests/browser/preview.test.mjs'];

/** Runs the acceptance suite on a cell's Node and Strapi; a cell that breaks counts as failed. */
export async function runCell(cell, tarball) {
  const { node, version } = await nodeKit(cell.node);
  try {
    await ensureDatabase(cell.database);
    const env = {
      ...process.env,
      DATABASE: cell.database,
      MAGIC_TEST_APP: await matrixApp(cell, tarball),
      MAGIC_MATRIX_MODES: modesOf(cell).join(','),
    };
    const files = cell.bundler === 'vite' ? [ACCEPTANCE] : [ACCEPTANCE, ...IN_BROWSER];
    if (files.length > 1) await ensureChromium();
    const args = ['--test', '--test-reporter=spec', ...files];
    const { code, output } = await stream(node, args, { cwd: ROOT, env });
    const counts = countsOfNode(output);
    if (code !== 0 && counts.failed === 0) counts.failed = 1;
    return { counts, version };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { counts: Object.assign(new Counts(), { failed: 1 }), version };
  }
}
