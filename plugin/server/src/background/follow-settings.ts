import { repeatEvery } from '../async/repeat-every';
import { databaseReason } from '../log';
import type { LiveSettings } from '../services/settings/live-settings';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/** The interval between reads of the settings, in milliseconds. */
const PERIOD_MS = 3000;

/**
 * Applies the settings that other instances stored, every few seconds.
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
