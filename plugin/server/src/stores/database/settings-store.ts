import type { SettingValue } from '../../../../shared/contracts';
import type { Strapi } from '../../strapi';
import { createStoredValue, type StoredValue } from './sql/stored-value';

/** What administrators set in place of config/plugins, by option. */
export type Overrides = Readonly<Record<string, SettingValue>>;

/** The administrators' settings in the database, the same for every instance. */
export type SettingsStore = StoredValue<Overrides>;

/** Opens the administrators' settings. */
export function createSettingsStore(strapi: Strapi): SettingsStore {
  return createStoredValue<Overrides>(strapi, 'settings', {});
}
