import type { LocationView } from '../../../../shared/contracts';
import type { GeographyTables, LoadedGeography } from '../../../../shared/core';
import { locationFrom } from '../../../../shared/location';
import { guarded, instanceGeneration } from '../../../../shared/traps';
import { monotonicMs } from '../../clock';

/** Tells where addresses are. */
export interface Geography {
  /** Returns where an address is; `null` where geography is off, or cannot tell. */
  locate: (address: string | null) => LocationView | null;
}

/** Dependencies of {@link createGeography}. */
export interface GeographyParts {
  readTables: () => GeographyTables;
  /** Hands the tables to the core. */
  load: (tables: GeographyTables) => LoadedGeography;
  /** Receives the first error of a series. */
  report: (error: unknown) => void;
}

/** The pause after a failure, in milliseconds. */
const PAUSE_MS = 10_000;

/** Locates nothing, where geography is off. */
export const NO_GEOGRAPHY: Geography = { locate: () => null };

/** Creates a geography that reads its tables when they are first needed, and again after a trap. */
export function createGeography({ readTables, load, report }: GeographyParts): Geography {
  let loaded: LoadedGeography | null = null;
  let loadedIn = -1;
  let failedAtMs: number | null = null;
  let isFailing = false;

  function current(): LoadedGeography {
    // After a trap the call replaces the instance, and with it the tables.
    const generation = guarded(instanceGeneration);
    if (loaded && loadedIn === generation) return loaded;
    const tables = readTables();
    loaded = guarded(() => load(tables));
    loadedIn = generation;
    return loaded;
  }

  function failed(error: unknown): null {
    if (!isFailing) report(error);
    isFailing = true;
    failedAtMs = monotonicMs();
    return null;
  }

  return {
    locate(address) {
      if (address === null) return null;
      if (failedAtMs !== null && monotonicMs() - failedAtMs < PAUSE_MS) return null;
      try {
        const geography = current();
        const code = guarded(() => geography.locate(address));
        isFailing = false;
        return locationFrom(code);
      } catch (error) {
        return failed(error);
      }
    },
  };
}
