import { untestedVersions } from './tested-versions';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/** Logs a warning if the plugin was not tested with the running versions. */
export function warnOfVersions(strapi: Strapi): void {
  const untested = untestedVersions({
    strapi: strapi.config.get('info.strapi', 'of an unknown version'),
    node: process.versions.node,
  });
  if (untested === null) return;
  strapi.log.warn(
    `${PLUGIN_NAME}: ${untested}. It may well work; if something does not, report it with these versions.`,
  );
}
