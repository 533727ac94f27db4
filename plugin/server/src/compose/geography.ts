import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeographyTables } from '../../../shared/core';
import { isGeoOn } from '../config/geo';
import { createGeography, NO_GEOGRAPHY, type Geography } from '../services/geography/geography';
import { loadServerCore } from '../services/settings/load-core';
import { configuredOptions } from '../services/settings/options';
import { PLUGIN_NAME, pluginFolderOf, type Strapi } from '../strapi';

/** The folder of the tables in the package. */
const FOLDER = 'geo';

export function composeGeography(strapi: Strapi): Geography {
  if (!isGeoOn(configuredOptions(strapi).geo)) return NO_GEOGRAPHY;
  const { Geography: CoreGeography } = loadServerCore();
  return createGeography({
    readTables: () => tablesIn(join(pluginFolderOf(strapi, PLUGIN_NAME) ?? '', FOLDER)),
    load: (tables) => new CoreGeography(tables),
    report: (error) =>
      strapi.log.warn(`${PLUGIN_NAME}: countries and networks are not shown: ${String(error)}`),
  });
}

function tablesIn(folder: string): GeographyTables {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
  return { countries: read('countries.bin'), hosting: read('hosting.bin') };
}
