import { stopJobs } from './jobs';
import { managerOf } from './manager';
import type { Strapi } from './strapi';

/** Writes what is still unwritten and lets go. */
export default async function destroy({ strapi }: { strapi: Strapi }): Promise<void> {
  const { touches, journalBuffer, seals, feed, redis, release } = managerOf(strapi);
  stopJobs(strapi);
  release();
  await feed.stop();
  await touches.flush();
  await journalBuffer.flush();
  await seals.flush();
  redis.stop();
}
