import type { SettingValue } from '../../../../../shared/contracts';
import type { Strapi } from '../../../strapi';
import { createStoredValue, type StoredValue } from '../sql/stored-value';

/** The options that administrators set, which override config/plugins. */
export type Overrides = Readonly<Record<string, SettingValue>>;

/** The administrators' settings in the database, shared by all instances. */
export type SettingsStore = StoredValue<Overrides>;

export function createSettingsStore(strapi: Strapi): SettingsStore {
  return createStoredValue<Overrides>(strapi, 'settings', {});
}
