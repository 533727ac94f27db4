import { EVERYONE, type NotBefore } from '../database/not-before-store';

/** The not-before instants in the memory of this process. */
export interface NotBeforeCache {
  /** Stores an instant unless a later one is stored. */
  raise(instant: NotBefore): void;
  /** Returns the later of a user's instant and everyone's; `null` if there is neither. */
  find(userId: number): NotBefore | null;
}

/** Creates an empty cache; it is unbounded, with at most one entry per user. */
export function createNotBeforeCache(): NotBeforeCache {
  const instants = new Map<number, NotBefore>();
  return {
    raise(instant) {
      const current = instants.get(instant.userId);
      if (!current || current.atMs < instant.atMs) instants.set(instant.userId, instant);
    },

    find(userId) {
      const own = instants.get(userId);
      const all = instants.get(EVERYONE);
      if (!own || !all) return own ?? all ?? null;
      return all.atMs > own.atMs ? all : own;
    },
  };
}
