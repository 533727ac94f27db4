import { databaseReason } from '../log';
import type { InstanceMemory } from '../services/instances/instance-count';
import { reportFirstFailure } from '../async/report-once';
import { PLUGIN_NAME, type Strapi } from '../strapi';

const PERIOD_MS = 2000;

/**
 * Writes down how many instances there are whenever that changes.
 *
 * @returns What ends it.
 */
export function rememberInstances(strapi: Strapi, memory: InstanceMemory): () => void {
  const attempt = reportFirstFailure((error) => {
    const why = databaseReason(error);
    strapi.log.error(`${PLUGIN_NAME}: the number of instances could not be kept: ${why}`);
  });
  const keep = (): void => void attempt(() => memory.keep());
  keep();
  const timer = setInterval(keep, PERIOD_MS).unref();
  return () => clearInterval(timer);
}
