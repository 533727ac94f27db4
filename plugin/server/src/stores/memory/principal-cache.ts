import { isDeepStrictEqual } from 'node:util';

/** An answer of the database about who asks. */
export interface PrincipalAnswer {
  row: unknown;
  /** The monotonic instant before it was read. */
  readAtMs: number;
}

/** What the database answered about who asks, by the names of the reads. */
export interface PrincipalCache {
  /** Returns an answer, with a copy of its row that the caller may change; `null` if there is none. */
  get(name: string): PrincipalAnswer | null;
  /** Stores an answer; one that cannot be copied exactly is not stored. */
  put(name: string, answer: PrincipalAnswer): void;
  delete(name: string): void;
  /** Deletes the answers that were read before a monotonic instant. */
  deleteBefore(atMs: number): void;
  clear(): void;
  /** Returns the number of answers, their size, and the instant before the oldest was read. */
  view(): { answers: number; bytes: number; oldestAtMs: number | null };
}

/** A stored answer. */
interface Stored {
  copy: () => unknown;
  readAtMs: number;
  bytes: number;
}

/** What an entry takes besides its row, in bytes. */
const ENTRY_BYTES = 300;

const LATIN = /^[\0-\xff]*$/;

/** Creates a cache; beyond either bound the answers that were used least recently go. */
export function createPrincipalCache(maxAnswers: number, maxBytes: number): PrincipalCache {
  const stored = new Map<string, Stored>();
  let bytes = 0;

  function remove(name: string): void {
    bytes -= stored.get(name)?.bytes ?? 0;
    stored.delete(name);
  }

  function dropOldest(): void {
    for (const name of stored.keys()) {
      if (stored.size <= maxAnswers && bytes <= maxBytes) return;
      remove(name);
    }
  }

  return {
    get(name) {
      const found = stored.get(name);
      if (!found) return null;
      stored.delete(name);
      stored.set(name, found);
      return { row: found.copy(), readAtMs: found.readAtMs };
    },

    put(name, { row, readAtMs }) {
      remove(name);
      const kept = keep(row);
      if (!kept) return;
      stored.set(name, { ...kept, readAtMs });
      bytes += kept.bytes;
      dropOldest();
    },

    delete: remove,

    deleteBefore(atMs) {
      for (const [name, { readAtMs }] of stored) if (readAtMs < atMs) remove(name);
    },

    clear() {
      stored.clear();
      bytes = 0;
    },

    view() {
      let oldestAtMs: number | null = null;
      for (const { readAtMs } of stored.values()) {
        if (oldestAtMs === null || readAtMs < oldestAtMs) oldestAtMs = readAtMs;
      }
      return { answers: stored.size, bytes, oldestAtMs };
    },
  };
}

/**
 * Keeps a row so that each caller gets a copy; `null` for a value that JSON does not carry.
 *
 * There are many rows, and as text one takes half the memory. There are few lists, and the copy of a
 * long one takes a fraction of the time that its text would.
 */
function keep(row: unknown): Pick<Stored, 'copy' | 'bytes'> | null {
  const text = exactText(row);
  if (text === null) return null;
  const bytes = ENTRY_BYTES + bytesOf(text);
  if (Array.isArray(row) && row.every(isFlat)) {
    const kept = row.map((item) => ({ ...item }));
    return { copy: () => kept.map((item) => ({ ...item })), bytes: 2 * bytes };
  }
  return { copy: () => JSON.parse(text) as unknown, bytes };
}

/** Returns the text of a value in JSON; `null` if it stands for another value, or for none. */
function exactText(value: unknown): string | null {
  try {
    const text = JSON.stringify(value);
    return isDeepStrictEqual(JSON.parse(text), value) ? text : null;
  } catch {
    return null;
  }
}

/** Returns the memory that a text takes: V8 keeps a text with other than Latin letters twice as large. */
function bytesOf(text: string): number {
  return LATIN.test(text) ? text.length : 2 * text.length;
}

/** Tells whether a value is an object whose own values are no objects. */
function isFlat(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((item) => typeof item !== 'object' || item === null);
}
