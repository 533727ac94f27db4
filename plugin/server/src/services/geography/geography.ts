import type { LocationView } from '../../../../shared/contracts';
import type { GeographyTables, LoadedGeography } from '../../../../shared/core';
import { guarded, instanceGeneration } from '../../../../shared/traps';

/** Tells where addresses are. */
export interface Geography {
  /** Returns where an address is; `null` where geography is off, or its tables could not be read. */
  locate: (address: string | null) => LocationView | null;
}

/** Dependencies of {@link createGeography}. */
export interface GeographyParts {
  readTables: () => GeographyTables;
  /** Hands the tables to the core. */
  load: (tables: GeographyTables) => LoadedGeography;
  /** Receives the error of tables that could not be read, once. */
  report: (error: unknown) => void;
}

/** Locates nothing, where geography is off. */
export const NO_GEOGRAPHY: Geography = { locate: () => null };

/** Creates a geography that reads its tables when they are first needed, and again after a trap. */
export function createGeography({ readTables, load, report }: GeographyParts): Geography {
  let loaded: LoadedGeography | null = null;
  let loadedIn = -1;
  let hasFailed = false;

  function current(): LoadedGeography {
    if (loaded && loadedIn === instanceGeneration()) return loaded;
    const tables = readTables();
    loaded = guarded(() => load(tables));
    loadedIn = instanceGeneration();
    return loaded;
  }

  return {
    locate(address) {
      if (address === null || hasFailed) return null;
      try {
        const geography = current();
        return guarded(() => geography.locate(address));
      } catch (error) {
        hasFailed = true;
        report(error);
        return null;
      }
    },
  };
}
