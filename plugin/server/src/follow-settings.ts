import { databaseReason } from './services/database-reason';
import type { LiveSettings } from './services/live-settings';
import { PLUGIN_NAME, type Strapi } from './strapi';

/** How soon an instance takes over what another one changed. */
const REFRESH_EVERY_MS = 3000;

/**
 * Takes over, every few seconds, the settings that other instances stored.
 *
 * @returns What ends it.
 */
export function followSettings(strapi: Strapi, settings: LiveSettings): () => void {
  let failing = false;

  async function refresh(): Promise<void> {
    try {
      await settings.refresh();
      failing = false;
    } catch (error) {
      if (!failing) {
        strapi.log.error(
          `${PLUGIN_NAME}: the settings could not be read: ${databaseReason(error)}`,
        );
      }
      failing = true;
    }
  }

  const timer = setInterval(() => void refresh(), REFRESH_EVERY_MS).unref();
  return () => clearInterval(timer);
}
