import { PLUGIN_NAME, type Strapi } from '../../../strapi';

/** One value of the plugin in Strapi's core store, shared by all instances. */
export interface StoredValue<Value> {
  /** Returns the last written value, or the initial value before the first write. */
  read(): Promise<Value>;
  write(value: Value): Promise<void>;
}

/** Opens the value under a key. */
export function createStoredValue<Value>(
  strapi: Strapi,
  key: string,
  initial: Value,
): StoredValue<Value> {
  const store = () => strapi.store({ type: 'plugin', name: PLUGIN_NAME });
  return {
    // Only `write` writes it.
    read: async () => ((await store().get({ key })) ?? initial) as Value,

    async write(value) {
      await store().set({ key, value });
    },
  };
}
