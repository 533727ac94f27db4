import { repeatEvery } from '../async/repeat-every';
import { databaseReason } from '../log';
import type { InstanceCount } from '../services/instances/instance-count';
import { PLUGIN_NAME, type Strapi } from '../strapi';

const PERIOD_MS = 2000;

/**
 * Stores the number of instances whenever it changes.
 *
 * @returns A function that stops it.
 */
export function storeInstanceCount(strapi: Strapi, instanceCount: InstanceCount): () => void {
  return repeatEvery(
    PERIOD_MS,
    () => instanceCount.sync(),
    (error) => {
      const reason = databaseReason(error);
      strapi.log.error(`${PLUGIN_NAME}: the number of instances could not be stored: ${reason}`);
    },
  );
}
