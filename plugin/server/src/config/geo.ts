import { PLUGIN_NAME } from '../strapi';

/**
 * Reads the option `geo`: `true` or `false`; by default it is on.
 *
 * @throws Error with a one-line message for an invalid value.
 */
export function isGeoOn(option: unknown): boolean {
  if (option === undefined || option === null) return true;
  if (typeof option === 'boolean') return option;
  throw new Error(`${PLUGIN_NAME}: option "geo" takes true or false`);
}
