import { PLUGIN_NAME, type Strapi } from '../../../strapi';
import { createStoredValue } from '../sql/stored-value';

/** The random ids by which a start recognizes what happened to the database; `null` for none. */
export interface InstallationIds {
  /** The id in the plugin's own tables, which an import leaves alone. */
  own: string | null;
  /** The id in Strapi's core store, which an import empties and a dropped table does not change. */
  core: string | null;
}

/** The ids in the database. */
export interface InstallationStore {
  read(): Promise<InstallationIds>;
  /** Writes the same id to both places. */
  write(id: string): Promise<void>;
}

const KEY = 'installation';

/** Opens both places. */
export function createInstallationStore(strapi: Strapi): InstallationStore {
  const own = createStoredValue<string | null>(strapi, KEY, null);
  const core = strapi.store({ type: 'plugin', name: PLUGIN_NAME });
  return {
    async read() {
      const stored: unknown = await core.get({ key: KEY });
      return { own: await own.read(), core: typeof stored === 'string' ? stored : null };
    },

    async write(id) {
      await own.write(id);
      await core.set({ key: KEY, value: id });
    },
  };
}
