import type { Change, LimitEntry, LimitStore } from '../limit-store';

/** The number of entries that each write checks for expiry. */
const PRUNED_PER_WRITE = 2;

/** The number of old entries that are looked at for one to drop. */
const LOOKED_AT = 32;

/** The number of entries that the keys without an entry of their own share. */
const SHARED_ENTRIES = 256;

/** A limit store in the memory of this process. */
export interface MemoryLimits extends LimitStore {
  /** Sets the entry of a key unconditionally; `null` deletes it. */
  put(key: string, entry: LimitEntry | null, nowMs: number): void;
  /** Deletes all entries. */
  clear(): void;
}

/** The entries of one kind of key. */
interface Kind {
  read(key: string, nowMs: number): LimitEntry | null;
  put(key: string, entry: LimitEntry | null, nowMs: number): void;
}

/**
 * Creates a store for at most `capacity` keys of each kind; the text before the colon is the kind.
 *
 * When a kind is full, a new entry takes the place of an old one that may be dropped. If all must
 * stay, the new key shares an entry with others. Nothing that must stay is ever forgotten early, so
 * a flood of keys opens no limit.
 */
export function createMemoryLimits(capacity: number): MemoryLimits {
  const kinds = new Map<string, Kind>();

  function kindOf(key: string): Kind {
    const name = key.slice(0, key.indexOf(':'));
    const kind = kinds.get(name) ?? createKind(capacity);
    kinds.set(name, kind);
    return kind;
  }

  const textOf = (key: string, nowMs: number): string | null =>
    kindOf(key).read(key, nowMs)?.text ?? null;

  return {
    put: (key, entry, nowMs) => kindOf(key).put(key, entry, nowMs),

    clear: () => kinds.clear(),

    read: (keys, nowMs) => Promise.resolve(keys.map((key) => textOf(key, nowMs))),

    swap(changes: readonly Change[], nowMs) {
      const unchanged = changes.every(({ key, from }) => textOf(key, nowMs) === from);
      if (unchanged) for (const { key, to } of changes) kindOf(key).put(key, to, nowMs);
      return Promise.resolve(unchanged);
    },
  };
}

function createKind(capacity: number): Kind {
  const entries = new Map<string, LimitEntry>();
  const shared = new Map<number, LimitEntry>();
  let cursor = entries.entries();

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

  /** Makes room by dropping one of the oldest entries; tells whether there is room. */
  function makeRoom(nowMs: number): boolean {
    if (entries.size < capacity) return true;
    let lookedAt = 0;
    for (const [key, entry] of entries) {
      if (!entry.mustStay || entry.forgetAtMs <= nowMs) return entries.delete(key);
      lookedAt += 1;
      if (lookedAt === LOOKED_AT) return false;
    }
    return false;
  }

  function sharedBy(key: string, nowMs: number): LimitEntry | null {
    const place = placeOf(key);
    const entry = shared.get(place);
    if (!entry) return null;
    if (entry.forgetAtMs > nowMs) return entry;
    shared.delete(place);
    return null;
  }

  return {
    read(key, nowMs) {
      const own = entries.get(key);
      if (own) return own.forgetAtMs > nowMs ? own : null;
      // Its failures may have been counted there while there was no room.
      return sharedBy(key, nowMs);
    },

    put(key, entry, nowMs) {
      prune(nowMs);
      const isNew = !entries.delete(key);
      if (isNew && sharedBy(key, nowMs)) {
        if (entry) shared.set(placeOf(key), entry);
        else shared.delete(placeOf(key));
      } else if (entry) {
        if (makeRoom(nowMs)) entries.set(key, entry);
        else shared.set(placeOf(key), entry);
      }
    },
  };
}

/** Returns the place of the entry that a key shares with others, by the hash FNV-1a. */
function placeOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % SHARED_ENTRIES;
}
