import type { LimitEntry, LimitStore } from '../limit-store';

/** How many of the oldest entries are looked at whenever one is added. */
const PRUNED_PER_WRITE = 2;

/** What this process remembers by itself. */
export interface MemoryLimits extends LimitStore {
  /** Remembers something whatever was there before; nothing, where that is what there is now. */
  put(key: string, kept: LimitEntry | null, nowMs: number): void;
  /** Remembers nothing any more. */
  clear(): void;
}

/**
 * Makes a store in this process for at most `capacity` keys.
 *
 * What may be forgotten goes first, a few at every write; what was written least recently follows
 * only where there is no room.
 */
export function createMemoryLimits(capacity: number): MemoryLimits {
  const entries = new Map<string, LimitEntry>();
  let round = entries.entries();

  function textOf(key: string, nowMs: number): string | null {
    const kept = entries.get(key);
    return kept && kept.forgetAtMs > nowMs ? kept.text : null;
  }

  /** Goes on where it left off, so that every entry has its turn. */
  function prune(nowMs: number): void {
    for (let looked = 0; looked < PRUNED_PER_WRITE; looked += 1) {
      const next = round.next();
      if (next.done) {
        round = entries.entries();
        return;
      }
      const [key, { forgetAtMs }] = next.value;
      if (forgetAtMs <= nowMs) entries.delete(key);
    }
  }

  function put(key: string, kept: LimitEntry | null, nowMs: number): void {
    entries.delete(key);
    if (!kept) return;
    prune(nowMs);
    entries.set(key, kept);
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
