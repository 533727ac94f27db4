import type { GeoFileView, LocationView, NetworkKind } from '../../../../shared/contracts';
import type { FollowedFile } from './followed-file';
import type { NetworkTables } from './network-tables';
import type { PlaceDatabase } from './place-database';
import { asnOf, cityOf, countryOf, organizationOf } from './place-records';

/** Tells where addresses are. */
export interface Geography {
  /** Returns where an address is; `null` where geography is off, or cannot tell. */
  locate: (address: string | null) => LocationView | null;
  /** Reads the operator's files that have changed. */
  checkFiles: () => Promise<void>;
  files: () => GeoFileView[];
}

/** Locates nothing, where geography is off. */
export const NO_GEOGRAPHY: Geography = {
  locate: () => null,
  checkFiles: () => Promise.resolve(),
  files: () => [],
};

/** Dependencies of {@link createGeography}. */
export interface GeographyParts {
  tables: Pick<NetworkTables, 'locate'>;
  cities: Pick<PlaceDatabase, 'recordOf'>;
  systems: Pick<PlaceDatabase, 'recordOf'>;
  files: FollowedFile[];
}

/** The kinds of networks that are nowhere. */
const NOWHERE: readonly NetworkKind[] = ['private', 'reserved', 'unknown'];

/** Creates a geography of the tables in the package and the operator's files, which say more. */
export function createGeography({ tables, cities, systems, files }: GeographyParts): Geography {
  let checking: Promise<void> | null = null;

  async function check(): Promise<void> {
    // One after another, as the core reads one list at a time.
    for (const file of files) await file.check();
  }

  return {
    locate(address) {
      const location = address === null ? null : tables.locate(address);
      if (address === null || !location || NOWHERE.includes(location.network)) return location;
      const [place, system] = [cities.recordOf(address), systems.recordOf(address)];
      return {
        country: countryOf(place) ?? location.country,
        network: location.network,
        city: cityOf(place),
        asn: asnOf(system),
        organization: organizationOf(system),
      };
    },

    checkFiles() {
      checking ??= check().finally(() => {
        checking = null;
      });
      return checking;
    },

    files: () => files.map((file) => file.view()),
  };
}
