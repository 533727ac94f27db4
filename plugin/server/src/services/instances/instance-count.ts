import type { InstanceCountStore } from '../../stores/database/instance-count-store';

/** The instances as Redis counts them. */
export interface CountedInstances {
  /** Returns the number of instances as it was last known. */
  instances: () => number;
  /** Sets the smallest number of instances, which holds until they are counted. */
  expectInstances(instances: number): void;
}

/** Stores the number of instances, for those that start while it cannot be counted. */
export interface InstanceCount {
  /** Reads the stored number the first time, and stores it whenever it has changed. */
  sync(): Promise<void>;
}

/**
 * Creates an instance count.
 *
 * @param counted `null` without Redis: then nobody counts, and nothing is stored.
 */
export function createInstanceCount(
  store: InstanceCountStore,
  counted: CountedInstances | null,
): InstanceCount {
  let written: number | null = null;
  return {
    async sync() {
      if (!counted) return;
      if (written === null) {
        written = await store.read();
        counted.expectInstances(written);
      }
      const instances = counted.instances();
      if (instances !== written) await store.write(instances);
      written = instances;
    },
  };
}
