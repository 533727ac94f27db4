import { databaseReason } from '../log';
import type { LiveSettings } from '../services/settings/live-settings';
import { reportFirstFailure } from '../async/report-once';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/** How soon an instance takes over what another one changed. */
const REFRESH_EVERY_MS = 3000;

/**
 * Takes over, every few seconds, the settings that other instances stored.
 *
 * @returns What ends it.
 */
export function followSettings(strapi: Strapi, settings: LiveSettings): () => void {
  const attempt = reportFirstFailure((error) =>
    strapi.log.error(`${PLUGIN_NAME}: the settings could not be read: ${databaseReason(error)}`),
  );
  const refresh = (): void => void attempt(() => settings.refresh());
  const timer = setInterval(refresh, REFRESH_EVERY_MS).unref();
  return () => clearInterval(timer);
}
