import { PLUGIN_NAME, type Strapi } from '../../../strapi';

/** One value of the plugin in Strapi's own store, the same for every instance. */
export interface StoredValue<Value> {
  /** Gives what was written last, or what holds before anything was. */
  read(): Promise<Value>;
  write(value: Value): Promise<void>;
}

/** Opens the value under a key; `initial` holds until it is written. */
export function createStoredValue<Value>(
  strapi: Strapi,
  key: string,
  initial: Value,
): StoredValue<Value> {
  const store = () => strapi.store({ type: 'plugin', name: PLUGIN_NAME });
  return {
    // Written by `write` only.
    read: async () => ((await store().get({ key })) ?? initial) as Value,

    async write(value) {
      await store().set({ key, value });
    },
  };
}
