import { databaseReason } from '../log';
import { reportFirstFailure } from '../async/report-once';
import type { SealCount } from '../services/encryption/seal-count';
import { PLUGIN_NAME, type Strapi } from '../strapi';

const PERIOD_MS = 60_000;

/**
 * Writes down every minute how much was sealed under the present key.
 *
 * @returns What ends it; what was sealed since is for the caller to write down.
 */
export function countSeals(strapi: Strapi, seals: SealCount): () => void {
  const attempt = reportFirstFailure((error) =>
    strapi.log.error(`${PLUGIN_NAME}: the seals could not be counted: ${databaseReason(error)}`),
  );
  const flush = (): void => void attempt(() => seals.flush());
  flush();
  const timer = setInterval(flush, PERIOD_MS).unref();
  return () => clearInterval(timer);
}
