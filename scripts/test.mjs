/**
 * Runs the test suites, after all the set-up that they need.
 *
 * `npm test` runs all of them; `npm test -- strapi browser` runs the named ones. The files of all
 * suites share one pool, so that no core waits for the last file of a suite. The output ends with
 * a table of the suites; its last line is `N passed, N failed` over everything that ran.
 */
import { availableParallelism } from 'node:os';
import { ensureRootInstall, requireNode, setUpOrExit } from './lib/set-up/root-setup.mjs';
import { brokenJob } from './lib/suites/jobs.mjs';
import { runJobs } from './lib/suites/pool.mjs';
import { LIMITS, SUITES } from './lib/suites/suites.mjs';
import { Summary } from './lib/suites/summary.mjs';

requireNode();
// By leaving in order, the files that run end as well.
process.once('SIGTERM', () => process.exit(143));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  const names = SUITES.map((suite) => suite.name).join(', ');
  console.error(`There is no suite ${unknown.join(', ')}; the suites are ${names}.`);
  process.exit(2);
}

await setUpOrExit(ensureRootInstall);
const chosen = SUITES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const summary = new Summary(chosen, { isStrict: process.env.CI === 'true' });
const jobs = [];
for (const suite of chosen) {
  console.log(`━━ ${suite.name}: ${suite.title}`);
  try {
    for (const job of await suite.jobs()) jobs.push({ suite, ...job });
  } catch (error) {
    report({ suite, title: 'set-up' }, { ...brokenJob(error), seconds: 0 });
  }
}

/** A file waits for its server part of the time, so one more runs than there are cores. */
const cores = Math.min(availableParallelism(), 4);
await runJobs(jobs, { atOnce: cores + 1, cores, limits: LIMITS, onDone: report });

function report(job, result) {
  summary.add(job, result);
  const cpu = result.cpuSeconds ? `, ${Math.round(result.cpuSeconds)} s of processor time` : '';
  console.log(`\n━━ ${job.suite.name}: ${job.title} (${result.seconds} s${cpu})`);
  console.log(result.output.trimEnd());
}

console.log(`\n━━ Summary\n${summary.text()}`);
process.exitCode = summary.hasFailures ? 1 : 0;
