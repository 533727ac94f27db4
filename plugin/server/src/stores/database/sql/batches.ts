import type { Strapi } from '../../../strapi';

/**
 * How many rows one statement touches: few enough for the bound values that every supported
 * database takes, and to hold no lock that anyone could feel.
 */
export const BATCH_SIZE = 250;

/** How many rows the clean-up takes at a time. */
export interface SweepSizes {
  /** Rows to be marked or ended. */
  aged: number;
  /** Rows to be deleted, which takes longest. */
  deleted: number;
}

/** Few enough that hardly any request that comes meanwhile takes longer for it. */
export function sweepSizesOf(strapi: Strapi): SweepSizes {
  // SQLite works in the process itself, which answers nobody until it is done.
  return strapi.db.dialect.client === 'sqlite'
    ? { aged: 150, deleted: 30 }
    : { aged: 250, deleted: 100 };
}

/** Cuts a list into parts that one statement can name. */
export function* batchesOf<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += BATCH_SIZE) {
    yield items.slice(start, start + BATCH_SIZE);
  }
}
