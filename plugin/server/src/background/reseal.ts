import { databaseReason } from '../log';
import type { Resealing } from '../services/encryption/resealing';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/**
 * Reseals stored tokens under the current key in the background, and logs the result.
 *
 * @returns A function that stops it; the next start resumes it.
 */
export function resealStoredTokens(strapi: Strapi, resealing: Resealing): () => void {
  resealing.run().then(
    ({ resealed, unknown }) => {
      if (resealed > 0) {
        strapi.log.info(
          `${PLUGIN_NAME}: ${resealed} stored tokens were resealed under the current key`,
        );
      }
      if (unknown > 0) {
        strapi.log.warn(
          `${PLUGIN_NAME}: ${unknown} stored tokens are sealed under keys that are not configured; their sessions are not terminated. Add the keys to SESSION_ENCRYPTION_KEY_PREVIOUS.`,
        );
      }
    },
    (error: unknown) => {
      strapi.log.error(
        `${PLUGIN_NAME}: stored tokens could not be resealed: ${databaseReason(error)}`,
      );
    },
  );
  return () => resealing.stop();
}
