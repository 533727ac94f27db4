import type { Strapi } from '../../../strapi';
import { createStoredValue, type StoredValue } from '../sql/stored-value';

/** The progress of resealing under one key. */
export interface ResealProgress {
  /** The public id of the key. */
  keyId: string;
  /** The number of the last row that was processed. */
  row: number;
  /** Tokens resealed so far. */
  resealed: number;
  /** Tokens sealed under a key that is not configured. */
  unknown: number;
  done: boolean;
}

/** The stored progress, to resume after a restart; `null` before the first run. */
export type ResealStore = StoredValue<ResealProgress | null>;

export function createResealStore(strapi: Strapi): ResealStore {
  return createStoredValue<ResealProgress | null>(strapi, 'resealing', null);
}
