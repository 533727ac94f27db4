import type { Strapi } from '../../strapi';
import { tableOf } from './sql/table';

/** The numbers of tokens sealed under each key, by the key's public id. */
export interface SealCountStore {
  /** Adds to a key's count; safe for concurrent instances. */
  add(keyId: string, seals: number): Promise<void>;
  read(keyId: string): Promise<number>;
}

/** Opens the table of seal counts. */
export function createSealCountStore(strapi: Strapi): SealCountStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.seal-count');

  return {
    async add(keyId, seals) {
      const insert = table.query().insert({ key_id: keyId, seals: 0 });
      await table.runInBackground(insert.onConflict('key_id').ignore());
      await table.runInBackground(table.query().where('key_id', keyId).increment('seals', seals));
    },

    async read(keyId) {
      const seals = table.query().where('key_id', keyId).pluck('seals');
      const [count] = await table.runInBackground<(number | string)[]>(seals);
      return Number(count ?? 0);
    },
  };
}
