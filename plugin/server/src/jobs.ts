import type { Manager } from './manager';
import { PLUGIN_NAME, type Strapi } from './strapi';

const AGE = `${PLUGIN_NAME}-age`;
const PURGE = `${PLUGIN_NAME}-purge`;

/** Ages sessions every minute, and purges them as well nightly at 03:00 server time. */
export function startJobs(strapi: Strapi, { cleanUp, status }: Manager): void {
  // Some versions of Strapi let a job's error end the process.
  const guarded = (job: () => Promise<unknown>) => async () => {
    try {
      await job();
    } catch (error) {
      strapi.log.error(`${PLUGIN_NAME}: the clean-up failed: ${String(error)}`);
    }
  };
  const nightly = async (): Promise<void> => status.noteCleanUp(await cleanUp.run());
  strapi.cron.add({
    [AGE]: { task: guarded(() => cleanUp.age()), options: { rule: '0 * * * * *' } },
    [PURGE]: { task: guarded(nightly), options: { rule: '0 0 3 * * *' } },
  });
}

/** Takes the jobs back. */
export function stopJobs(strapi: Strapi): void {
  strapi.cron.remove(AGE);
  strapi.cron.remove(PURGE);
}
