import { PLUGIN_NAME, type Strapi } from '../strapi';

/** How many instances there were when they were last counted, the same for all of them. */
export interface InstanceCountStore {
  /** Gives the number; 1 if they never were. */
  read(): Promise<number>;
  write(instances: number): Promise<void>;
}

const KEY = 'instances';

/** Opens the number of instances in Strapi's own store. */
export function createInstanceCountStore(strapi: Strapi): InstanceCountStore {
  const store = () => strapi.store({ type: 'plugin', name: PLUGIN_NAME });
  return {
    // Written by `write` only.
    read: async () => ((await store().get({ key: KEY })) ?? 1) as number,

    async write(instances) {
      await store().set({ key: KEY, value: instances });
    },
  };
}
