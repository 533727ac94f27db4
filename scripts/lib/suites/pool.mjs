import { brokenJob } from './jobs.mjs';

/**
 * Runs jobs, so many `atOnce`, and calls `onDone(job, result)` as each is done; `result` also has
 * the `seconds` that it took. Jobs that are `timed` come after those, one for each of the `cores`.
 * Jobs that run `alone` come last, one at a time.
 *
 * `limits` names kinds of jobs and how many of a kind run at the same time at the most.
 */
export async function runJobs(jobs, { atOnce, cores, limits = {}, onDone }) {
  const shared = jobs.filter((job) => !job.timed && !job.alone);
  await drain(longestFirst(shared), { atOnce, limits, onDone });
  const timed = jobs.filter((job) => job.timed);
  await drain(longestFirst(timed), { atOnce: cores, limits, onDone });
  const alone = jobs.filter((job) => job.alone);
  await drain(alone, { atOnce: 1, limits, onDone });
}

/** A long job that starts last leaves the other cores idle. */
function longestFirst(jobs) {
  return [...jobs].sort((one, other) => (other.expectedSeconds ?? 0) - (one.expectedSeconds ?? 0));
}

async function drain(waiting, { atOnce, limits, onDone }) {
  const running = new Map();
  const isAllowed = ({ kind }) =>
    [...running.keys()].filter((job) => job.kind === kind).length < (limits[kind] ?? atOnce);
  while (waiting.length + running.size > 0) {
    const next = running.size < atOnce ? waiting.findIndex(isAllowed) : -1;
    if (next === -1) {
      await Promise.race(running.values());
      continue;
    }
    const [job] = waiting.splice(next, 1);
    const done = withSeconds(job).then((result) => {
      running.delete(job);
      onDone(job, result);
    });
    running.set(job, done);
  }
}

async function withSeconds(job) {
  const start = Date.now();
  const result = await job.run().catch(brokenJob);
  return { ...result, seconds: Math.round((Date.now() - start) / 1000) };
}
