import type { Strapi } from '../../../strapi';
import { createStoredValue, type StoredValue } from '../sql/stored-value';

/** The last known number of instances; 1 before the first count. */
export type InstanceCountStore = StoredValue<number>;

export function createInstanceCountStore(strapi: Strapi): InstanceCountStore {
  return createStoredValue(strapi, 'instances', 1);
}
