import { PLUGIN_NAME, type Strapi } from '../../../strapi';
import { tableOf } from './table';

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
  const table = tableOf(strapi, 'strapi::core-store');

  return {
    async read() {
      const row = table.query().where('key', `plugin_${PLUGIN_NAME}_${key}`).first('value');
      const stored = await table.runInBackground<{ value: string } | undefined>(row);
      // Only `write` writes it, and Strapi stores it as JSON.
      return stored ? (JSON.parse(stored.value) as Value) : initial;
    },

    async write(value) {
      await strapi.store({ type: 'plugin', name: PLUGIN_NAME }).set({ key, value });
    },
  };
}
