import type { Strapi } from '../../strapi';
import { createStoredValue, type StoredValue } from './sql/stored-value';

/** How many instances there were when they were last counted; 1 if they never were. */
export type InstanceCountStore = StoredValue<number>;

/** Opens the number of instances. */
export function createInstanceCountStore(strapi: Strapi): InstanceCountStore {
  return createStoredValue(strapi, 'instances', 1);
}
