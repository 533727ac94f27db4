/**
 * How many rows one statement touches: few enough for the bound values that every supported
 * database takes, and to hold no lock that anyone could feel.
 */
export const BATCH_SIZE = 250;

/** How many rows the clean-up takes at a time: a SQLite that writes them answers no one meanwhile. */
export const SWEEP_SIZE = 250;

/** Cuts a list into parts that one statement can name. */
export function* batchesOf<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += BATCH_SIZE) {
    yield items.slice(start, start + BATCH_SIZE);
  }
}
