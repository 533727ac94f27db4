import { repeatEvery } from '../async/repeat-every';
import { databaseReason } from '../log';
import type { LiveSettings } from '../services/settings/live-settings';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/** How soon an instance takes over a change made on another one, in milliseconds. */
const PERIOD_MS = 3000;

/**
 * Takes over, every few seconds, the settings that other instances stored.
 *
 * @returns A function that stops it.
 */
export function followSettings(strapi: Strapi, settings: LiveSettings): () => void {
  return repeatEvery(
    PERIOD_MS,
    () => settings.refresh(),
    (error) =>
      strapi.log.error(`${PLUGIN_NAME}: the settings could not be read: ${databaseReason(error)}`),
  );
}
