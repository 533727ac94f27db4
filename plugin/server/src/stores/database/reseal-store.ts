import type { Strapi } from '../../strapi';
import { createStoredValue, type StoredValue } from './sql/stored-value';

/** How far the sealing anew under one key has come. */
export interface ResealProgress {
  /** The public name of the key. */
  keyId: string;
  /** The last row that has been looked at. */
  row: number;
  /** Tokens sealed anew so far, and those under a key that is not configured. */
  resealed: number;
  unknown: number;
  done: boolean;
}

/** The progress in the database, so that a restart goes on from there; `null` before the first. */
export type ResealStore = StoredValue<ResealProgress | null>;

/** Opens the progress. */
export function createResealStore(strapi: Strapi): ResealStore {
  return createStoredValue<ResealProgress | null>(strapi, 'resealing', null);
}
