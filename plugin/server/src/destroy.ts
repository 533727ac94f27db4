import { stopJobs } from './jobs';
import { managerOf } from './manager';
import type { Strapi } from './strapi';

/**
 * Writes what is still unwritten and lets go. Strapi answers requests until after that, so what follows
 * the changes of users goes last.
 */
export default async function destroy({ strapi }: { strapi: Strapi }): Promise<void> {
  const { touches, journalBuffer, seals, feed, redis, release } = managerOf(strapi);
  stopJobs(strapi);
  await feed.stop();
  await touches.flush();
  await journalBuffer.flush();
  await seals.flush();
  redis.stop();
  release();
}
