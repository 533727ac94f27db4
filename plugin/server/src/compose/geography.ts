import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GeoFileProblem } from '../../../shared/contracts';
import type { GeographyTables, ListKind, LoadedGeography } from '../../../shared/core';
import { geoSettingsOf, type GeoSettings } from '../config/geo';
import { followFile, NotNow, type FollowedFile } from '../services/geography/followed-file';
import { createGeography, NO_GEOGRAPHY, type Geography } from '../services/geography/geography';
import { loadNetworkList } from '../services/geography/network-list';
import { createNetworkTables, type NetworkTables } from '../services/geography/network-tables';
import { createPlaceDatabase, type PlaceDatabase } from '../services/geography/place-database';
import { loadServerCore } from '../services/settings/load-core';
import { configuredOptions } from '../services/settings/options';
import { PLUGIN_NAME, pluginFolderOf, type Strapi } from '../strapi';

/** The folder of the tables in the package. */
const FOLDER = 'geo';

export function composeGeography(strapi: Strapi): Geography {
  const settings = geoSettingsOf(configuredOptions(strapi).geo);
  if (!settings) return NO_GEOGRAPHY;
  const { Geography: CoreGeography } = loadServerCore();
  const tables = createNetworkTables({
    readTables: () => tablesIn(join(pluginFolderOf(strapi, PLUGIN_NAME) ?? '', FOLDER)),
    load: (bytes) => new CoreGeography(bytes),
    report: (error) =>
      strapi.log.warn(`${PLUGIN_NAME}: countries and networks are not shown: ${String(error)}`),
  });
  const databaseFor = (option: string): PlaceDatabase =>
    createPlaceDatabase((error) =>
      strapi.log.warn(`${PLUGIN_NAME}: ${option}: the file is damaged (${String(error)})`),
    );
  const [cities, systems] = [databaseFor('geo.city'), databaseFor('geo.asn')];
  const files = followFiles(strapi, settings, { tables, cities, systems });
  return createGeography({ tables, cities, systems, files });
}

/** What the operator's files are read into. */
interface Targets {
  tables: NetworkTables;
  cities: PlaceDatabase;
  systems: PlaceDatabase;
}

function followFiles(
  strapi: Strapi,
  { city, asn, lists }: GeoSettings,
  { tables, cities, systems }: Targets,
): FollowedFile[] {
  const follow = (option: string, named: string | null, rest: Following): FollowedFile[] => {
    if (named === null) return [];
    const path = resolve(strapi.dirs.app.root, named);
    return [followFile({ option, path, ...rest, report: reportOf(strapi, option, path) })];
  };
  return [
    ...follow('geo.city', city, cities),
    ...follow('geo.asn', asn, systems),
    ...lists.flatMap(({ kind, path }) => follow(`geo.lists.${kind}`, path, listInto(tables, kind))),
  ];
}

const CAUSES: Record<GeoFileProblem, string> = {
  missing: 'is not there',
  unreadable: 'cannot be read',
  wrong_content: 'cannot be used',
};

type Following = Pick<Parameters<typeof followFile>[0], 'load' | 'isLost'>;

/** Reads a list into the core, and again once a trap has taken it. */
function listInto(tables: NetworkTables, kind: ListKind): Following {
  let holder: LoadedGeography | null = null;
  return {
    async load(path) {
      const current = loadedTables(tables);
      const facts = await loadNetworkList(tables.current, kind, path);
      holder = current;
      return facts;
    },
    isLost: () => holder !== null && !tables.areCurrent(holder),
  };
}

/** Returns the tables; where the plugin's own files cannot be read, the list is not to blame. */
function loadedTables(tables: NetworkTables): LoadedGeography {
  try {
    return tables.current();
  } catch (error) {
    throw new NotNow(`the plugin's own tables cannot be read: ${String(error)}`);
  }
}

function reportOf(
  strapi: Strapi,
  option: string,
  path: string,
): Parameters<typeof followFile>[0]['report'] {
  return (problem, error, isKept) => {
    const kept = isKept ? '; what was read before stays in use' : '';
    strapi.log.warn(
      `${PLUGIN_NAME}: ${option}: the file ${path} ${CAUSES[problem]}${kept} (${String(error)})`,
    );
  };
}

function tablesIn(folder: string): GeographyTables {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
  return { countries: read('countries.bin'), hosting: read('hosting.bin') };
}
