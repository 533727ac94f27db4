import path from 'node:path';

/** Keeps Strapi from reporting anything to anyone. */
export const QUIET_STRAPI = { STRAPI_TELEMETRY_DISABLED: 'true' };

/** Returns the path of Strapi's command line in an app. */
export function strapiCommand(appFolder) {
  return path.join(appFolder, 'node_modules', '@strapi', 'strapi', 'bin', 'strapi.js');
}
