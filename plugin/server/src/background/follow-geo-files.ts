import { repeatEvery } from '../async/repeat-every';
import type { Geography } from '../services/geography/geography';
import { PLUGIN_NAME, type Strapi } from '../strapi';

const PERIOD_MS = 10_000;

/**
 * Looks every ten seconds for new versions of the operator's files of places and networks.
 *
 * @returns A function that stops it.
 */
export function followGeoFiles(strapi: Strapi, geography: Geography): () => void {
  if (geography.files().length === 0) return () => undefined;
  return repeatEvery(
    PERIOD_MS,
    () => geography.checkFiles(),
    (error) =>
      strapi.log.error(`${PLUGIN_NAME}: the files of option "geo" failed: ${String(error)}`),
  );
}
