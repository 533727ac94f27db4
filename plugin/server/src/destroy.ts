import { managerOf } from './manager';
import type { Strapi } from './strapi';

/**
 * Writes what is still unwritten and lets go. Strapi answers requests until after that, so what follows
 * the changes of users goes last.
 */
export default async function destroy({ strapi }: { strapi: Strapi }): Promise<void> {
  const manager = managerOf(strapi);
  const { touches, journalBuffer, seals, feed, redis, cleanUpJob } = manager;
  manager.stopBackground();
  await cleanUpJob.stop();
  await feed.stop();
  await touches.flush();
  await journalBuffer.flush();
  await seals.flush();
  redis.stop();
  manager.release();
}
