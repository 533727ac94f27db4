/**
 * Runs the test suites, after doing all the set-up they need.
 *
 * `npm test` runs all of them; `npm test -- strapi browser` runs the named ones. The last line is
 * `N passed, N failed` over everything that ran.
 */
import { Counts } from './lib/suites/counts.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from './lib/set-up/root-setup.mjs';
import { SUITES } from './lib/suites/suites.mjs';

requireNode();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  const names = SUITES.map((suite) => suite.name).join(', ');
  console.error(`There is no suite ${unknown.join(', ')}; the suites are ${names}.`);
  process.exit(2);
}

await setUpOrExit(ensureRootInstall);
const results = [];
for (const suite of SUITES) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
  console.log(`\n━━ ${suite.name}: ${suite.title}`);
  results.push({ suite, ...(await resultOf(suite)) });
}

/** Runs a suite; one that breaks, or that skips anything in CI, counts as failed. */
async function resultOf(suite) {
  const start = Date.now();
  const counts = new Counts();
  try {
    const { code, counts: own } = await suite.run();
    counts.add(own);
    if (process.env.CI === 'true') counts.failed += own.skipped;
    const silent = own.passed + own.failed === 0;
    if (counts.failed === 0 && (code !== 0 || silent)) counts.failed += 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    counts.failed += 1;
  }
  return { counts, seconds: Math.round((Date.now() - start) / 1000) };
}

console.log('\n━━ Summary');
const all = new Counts();
for (const { suite, counts, seconds } of results) {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  const sums = `${counts.passed} passed, ${counts.failed} failed${skipped}`;
  console.log(`${suite.name.padEnd(10)} ${sums} (${seconds} s)`);
  all.add(counts);
}
console.log(`${all.passed} passed, ${all.failed} failed`);
process.exitCode = all.failed > 0 ? 1 : 0;
