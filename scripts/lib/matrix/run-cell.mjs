import { ensureDatabase } from '../../../tests/harness/tools/database-servers.mjs';
import { ensureChromium } from '../../../tests/harness/tools/chromium.mjs';
import { modesOf, nameOf } from '../../../tests/harness/matrix/cells.mjs';
import { stream } from '../../../tests/harness/process/run.mjs';
import { ROOT } from '../../../tests/harness/paths.mjs';
import { Counts, countsOfNode } from '../suites/counts.mjs';
import { fileJob } from '../suites/jobs.mjs';
import { matrixApp } from './matrix-app.mjs';
import { nodeKit } from './node-kit.mjs';

const ACCEPTANCE = 'tests/matrix/acceptance.test.mjs';

/** These load and compute in the browser. Cells with another bundler than Vite run them as well. */
const IN_BROWSER = ['tests/browser/sessions-page.test.mjs', 'tests/browser/preview.test.mjs'];

/** Installing Strapi for a cell and building its admin takes longer than most test files. */
const PREPARATION_SECONDS = 200;

/** Makes the jobs that run the acceptance suite on a cell's Node and Strapi. */
export async function cellJobs(cell, tarball) {
  const { node } = await nodeKit(cell.node);
  const prepare = () => preparedEnv(cell, tarball);
  const label = nameOf(cell);
  const options = { node, label, prepare, expectedSeconds: PREPARATION_SECONDS };
  return filesOf(cell).map((file) => fileJob(file, options));
}

/** Runs the acceptance suite on a cell's Node and Strapi; a cell that breaks counts as failed. */
export async function runCell(cell, tarball) {
  const { node, version } = await nodeKit(cell.node);
  try {
    const env = { ...process.env, ...(await preparedEnv(cell, tarball)) };
    const args = ['--test', '--test-reporter=spec', ...filesOf(cell)];
    const { code, output } = await stream(node, args, { cwd: ROOT, env });
    const counts = countsOfNode(output);
    if (code !== 0 && counts.failed === 0) counts.failed = 1;
    return { counts, version };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { counts: Object.assign(new Counts(), { failed: 1 }), version };
  }
}

function filesOf({ bundler }) {
  return bundler === 'vite' ? [ACCEPTANCE] : [ACCEPTANCE, ...IN_BROWSER];
}

/** Prepares the app of a cell and returns the variables of its tests. */
async function preparedEnv(cell, tarball) {
  await ensureDatabase(cell.database);
  if (filesOf(cell).length > 1) await ensureChromium();
  return {
    DATABASE: cell.database,
    MAGIC_TEST_APP: await matrixApp(cell, tarball),
    MAGIC_MATRIX_MODES: modesOf(cell).join(','),
  };
}
