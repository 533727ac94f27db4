import { repeatEvery } from '../async/repeat-every';
import { databaseReason } from '../log';
import type { SealCount } from '../services/encryption/seal-count';
import { PLUGIN_NAME, type Strapi } from '../strapi';

const PERIOD_MS = 60_000;

/**
 * Stores the number of tokens sealed under the current key every minute.
 *
 * @returns A function that stops it; the caller flushes the rest.
 */
export function countSeals(strapi: Strapi, sealCount: SealCount): () => void {
  return repeatEvery(
    PERIOD_MS,
    () => sealCount.flush(),
    (error) =>
      strapi.log.error(`${PLUGIN_NAME}: the seals could not be counted: ${databaseReason(error)}`),
  );
}
