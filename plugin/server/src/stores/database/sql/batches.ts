import type { Strapi } from '../../../strapi';

/**
 * The maximum number of rows per statement.
 *
 * It keeps the bound values within the limit of every supported database, and locks short.
 */
export const BATCH_SIZE = 250;

/** The numbers of rows per batch of the clean-up. */
export interface SweepSizes {
  /** Rows to mark inactive or to terminate. */
  aged: number;
  /** Rows to delete; fewer, because deletions take longest. */
  deleted: number;
}

/** Returns batch sizes that hardly delay concurrent requests. */
export function sweepSizesOf(strapi: Strapi): SweepSizes {
  // SQLite runs in the process itself and blocks the event loop.
  return strapi.db.dialect.client === 'sqlite'
    ? { aged: 150, deleted: 30 }
    : { aged: 250, deleted: 100 };
}

/** Splits a list into batches of at most {@link BATCH_SIZE}. */
export function* batchesOf<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += BATCH_SIZE) {
    yield items.slice(start, start + BATCH_SIZE);
  }
}
