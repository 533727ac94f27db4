import { databaseReason } from '../log';
import type { Resealing } from '../services/encryption/resealing';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/**
 * Seals anew what is under earlier keys while requests go on, and says what came of it.
 *
 * @returns What ends it; the next start goes on from there.
 */
export function resealStoredTokens(strapi: Strapi, resealing: Resealing): () => void {
  resealing.run().then(
    ({ resealed, unknown }) => {
      if (resealed > 0) {
        strapi.log.info(
          `${PLUGIN_NAME}: ${resealed} stored tokens are sealed under the present key`,
        );
      }
      if (unknown > 0) {
        strapi.log.warn(
          `${PLUGIN_NAME}: ${unknown} stored tokens are sealed under keys that are not configured; their sessions go on. Name the keys in SESSION_ENCRYPTION_KEY_PREVIOUS.`,
        );
      }
    },
    (error: unknown) => {
      strapi.log.error(
        `${PLUGIN_NAME}: stored tokens could not be sealed anew: ${databaseReason(error)}`,
      );
    },
  );
  return () => resealing.stop();
}
