import type { LocationView } from '../../../../shared/contracts';
import type { GeographyTables, LoadedGeography } from '../../../../shared/core';
import { locationFrom } from '../../../../shared/location';
import { guarded, instanceGeneration } from '../../../../shared/traps';
import { monotonicMs } from '../../clock';

/** The tables of networks in the core. */
export interface NetworkTables {
  /** Returns where an address is; `null` where the tables cannot be read. */
  locate: (address: string) => LocationView | null;
  /**
   * Returns the tables in the core's memory, where lists are added to them. After a trap they are others.
   *
   * @throws Error where the tables cannot be read.
   */
  current: () => LoadedGeography;
  /** Tells whether these are the tables in the core's memory. */
  areCurrent: (tables: LoadedGeography) => boolean;
}

/** Dependencies of {@link createNetworkTables}. */
export interface NetworkTablesParts {
  readTables: () => GeographyTables;
  /** Hands the tables to the core. */
  load: (tables: GeographyTables) => LoadedGeography;
  /** Receives the first error of a series. */
  report: (error: unknown) => void;
}

/** The pause after a failure, in milliseconds. */
const PAUSE_MS = 10_000;

/** Creates tables that are read when they are first needed, and again after a trap. */
export function createNetworkTables({
  readTables,
  load,
  report,
}: NetworkTablesParts): NetworkTables {
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
    current,
    areCurrent: (tables) => tables === loaded && loadedIn === guarded(instanceGeneration),
    locate(address) {
      if (failedAtMs !== null && monotonicMs() - failedAtMs < PAUSE_MS) return null;
      try {
        const tables = current();
        const code = guarded(() => tables.locate(address));
        isFailing = false;
        return locationFrom(code);
      } catch (error) {
        return failed(error);
      }
    },
  };
}
