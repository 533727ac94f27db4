import { managerOf } from './compose';
import { createPatience } from './async/deadline';
import type { Strapi } from './strapi';

/** How long the clean-up's last batch is waited for, in milliseconds. */
const LONGEST_BATCH_MS = 5000;

/**
 * Writes what is still unwritten and lets go. Strapi answers requests until after that, so what follows
 * the changes of users goes last.
 */
export default async function destroy({ strapi }: { strapi: Strapi }): Promise<void> {
  const manager = managerOf(strapi);
  const { touches, journalBuffer, seals, feed, redis, cleanUpJob } = manager;
  manager.stopBackground();
  // A batch may wait for a row that another holds; what is unwritten must not wait with it.
  await createPatience(LONGEST_BATCH_MS)(cleanUpJob.stop()).catch(() => undefined);
  await feed.stop();
  await touches.flush();
  await journalBuffer.flush();
  await seals.flush();
  redis.stop();
  manager.release();
}
