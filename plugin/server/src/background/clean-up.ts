import type { CleanUpJob } from '../services/clean-up/clean-up-job';
import { databaseReason } from '../log';
import { reportOnce } from '../async/report-once';
import { PLUGIN_NAME, type Strapi } from '../strapi';

const CLEAN_UP = `${PLUGIN_NAME}-clean-up`;

/**
 * Runs the clean-up job every minute, and once at the start without waiting for it.
 *
 * @returns A function that stops it.
 */
export function cleanUpEachMinute(strapi: Strapi, cleanUpJob: CleanUpJob): () => void {
  // In some versions of Strapi a rejected job terminates the process.
  const attempt = reportOnce((error) =>
    strapi.log.error(`${PLUGIN_NAME}: the clean-up failed: ${databaseReason(error)}`),
  );
  const task = (): Promise<void> => attempt(() => cleanUpJob.tick());
  strapi.cron.add({ [CLEAN_UP]: { task, options: { rule: '0 * * * * *' } } });
  void task();
  return () => strapi.cron.remove(CLEAN_UP);
}
