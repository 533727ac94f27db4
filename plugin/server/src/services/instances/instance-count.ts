import type { InstanceCountStore } from '../../stores/database/values/instance-count-store';

/** The number of instances by Redis. */
export interface CountedInstances {
  /** Returns the last known number of instances. */
  instances: () => number;
  /** Sets the smallest number of instances, which holds until they are counted. */
  expectInstances(instances: number): void;
}

/** Stores the number of instances, for instances that start without Redis. */
export interface InstanceCount {
  /** Reads the stored number on the first call, and stores each change. */
  sync(): Promise<void>;
}

/**
 * Creates an instance count.
 *
 * @param counted `null` without Redis: then nothing is counted or stored.
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
