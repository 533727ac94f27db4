import type { Strapi } from '../../../strapi';
import { tableOf } from './table';

/** One value of the plugin in the database, shared by all instances. */
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
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.value');

  return {
    async read() {
      const row = table.query().where('key', key).first('value');
      const stored = await table.runInBackground<{ value: string } | undefined>(row);
      // Only `write` writes it, as JSON.
      return stored ? (JSON.parse(stored.value) as Value) : initial;
    },

    async write(value) {
      const row = { key, value: JSON.stringify(value) };
      await table.run(table.query().insert(row).onConflict('key').merge(['value']));
    },
  };
}
