import type { LimitEntry, LimitStore } from '../limit-store';

/** The number of entries that each write checks for expiry. */
const PRUNED_PER_WRITE = 2;

/** A limit store in the memory of this process. */
export interface MemoryLimits extends LimitStore {
  /** Sets the entry of a key unconditionally; `null` deletes it. */
  put(key: string, entry: LimitEntry | null, nowMs: number): void;
  /** Deletes all entries. */
  clear(): void;
}

/**
 * Creates a store for at most `capacity` keys.
 *
 * Each write deletes a few expired entries. When the store is full, it evicts the entry that was
 * written least recently.
 */
export function createMemoryLimits(capacity: number): MemoryLimits {
  const entries = new Map<string, LimitEntry>();
  let cursor = entries.entries();

  function textOf(key: string, nowMs: number): string | null {
    const entry = entries.get(key);
    return entry && entry.forgetAtMs > nowMs ? entry.text : null;
  }

  /** Continues at the cursor to check every entry in turn. */
  function prune(nowMs: number): void {
    for (let checked = 0; checked < PRUNED_PER_WRITE; checked += 1) {
      const next = cursor.next();
      if (next.done) {
        cursor = entries.entries();
        return;
      }
      const [key, { forgetAtMs }] = next.value;
      if (forgetAtMs <= nowMs) entries.delete(key);
    }
  }

  function put(key: string, entry: LimitEntry | null, nowMs: number): void {
    entries.delete(key);
    if (!entry) return;
    prune(nowMs);
    entries.set(key, entry);
    if (entries.size <= capacity) return;
    const oldest = entries.keys().next();
    if (!oldest.done) entries.delete(oldest.value);
  }

  return {
    put,

    clear: () => entries.clear(),

    read: (keys, nowMs) => Promise.resolve(keys.map((key) => textOf(key, nowMs))),

    swap(changes, nowMs) {
      const unchanged = changes.every(({ key, from }) => textOf(key, nowMs) === from);
      if (unchanged) for (const { key, to } of changes) put(key, to, nowMs);
      return Promise.resolve(unchanged);
    },
  };
}
