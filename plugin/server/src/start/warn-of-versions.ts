import { untestedVersions } from './tested-versions';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/** Says in the log, once a start, that the plugin was not tested on the versions that run. */
export function warnOfVersions(strapi: Strapi): void {
  const untested = untestedVersions({
    strapi: strapi.config.get('info.strapi', 'of an unknown version'),
    node: process.versions.node,
  });
  if (untested === null) return;
  strapi.log.warn(
    `${PLUGIN_NAME}: ${untested}. It may well work; if something does not, say so with these versions.`,
  );
}
