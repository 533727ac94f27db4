import type { SettingValue } from '../../../shared/contracts';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/** What administrators set in place of config/plugins, by option. */
export type Overrides = Readonly<Record<string, SettingValue>>;

/** The administrators' settings in the database, the same for every instance. */
export interface SettingsStore {
  read(): Promise<Overrides>;
  write(overrides: Overrides): Promise<void>;
}

const KEY = 'settings';

/** Opens the administrators' settings in Strapi's own store. */
export function createSettingsStore(strapi: Strapi): SettingsStore {
  const store = () => strapi.store({ type: 'plugin', name: PLUGIN_NAME });
  return {
    // Written by `write` only.
    read: async () => ((await store().get({ key: KEY })) ?? {}) as Overrides,

    async write(overrides) {
      await store().set({ key: KEY, value: overrides });
    },
  };
}
