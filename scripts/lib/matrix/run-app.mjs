import { ROOT } from '../../../tests/harness/paths.mjs';
import { stream } from '../../../tests/harness/process/run.mjs';
import { countsOfNode } from '../suites/counts.mjs';

/** The apps of the suite `apps` that take minutes to install. */
export const APPS = [
  {
    name: 'pnpm-monorepo',
    title: 'An app in a monorepo of pnpm',
    file: 'tests/matrix/pnpm-monorepo.test.mjs',
  },
];

/** Runs the tests of an app and returns their counts; one that breaks outside of them counts as failed. */
export async function runApp({ file }) {
  const args = ['--test', '--test-reporter=spec', file];
  const { code, output } = await stream(process.execPath, args, { cwd: ROOT });
  const counts = countsOfNode(output);
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}
