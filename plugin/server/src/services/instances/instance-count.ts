import type { Redis } from '../../compose/redis';
import type { InstanceCountStore } from '../../stores/database/instance-count-store';

/** Remembers how many instances there are, for those that start while they cannot be counted. */
export interface InstanceMemory {
  /** Takes over what is remembered, the first time, and writes down what has changed since. */
  keep(): Promise<void>;
}

/** Makes the memory; without Redis nobody counts, and there is nothing to remember. */
export function createInstanceMemory(
  store: InstanceCountStore,
  redis: Pick<Redis, 'limits' | 'instances' | 'expectInstances'>,
): InstanceMemory {
  let written: number | null = null;
  return {
    async keep() {
      if (!redis.limits) return;
      if (written === null) {
        written = await store.read();
        redis.expectInstances(written);
      }
      const instances = redis.instances();
      if (instances !== written) await store.write(instances);
      written = instances;
    },
  };
}
