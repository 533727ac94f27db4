import { EVERYONE, type NotBefore } from '../database/not-before-store';

/** The not-before instants this process knows of. */
export interface NotBeforeCache {
  /** Takes an instant unless a later one is known. */
  raise(instant: NotBefore): void;
  /** Gives the later of a user's instant and everyone's; `null` if there is none. */
  find(userId: number): NotBefore | null;
}

/** Makes an empty memory; it grows with the users for whom there is an instant. */
export function createNotBeforeCache(): NotBeforeCache {
  const instants = new Map<number, NotBefore>();
  return {
    raise(instant) {
      const known = instants.get(instant.userId);
      if (!known || known.atMs < instant.atMs) instants.set(instant.userId, instant);
    },

    find(userId) {
      const own = instants.get(userId);
      const all = instants.get(EVERYONE);
      if (!own || !all) return own ?? all ?? null;
      return all.atMs > own.atMs ? all : own;
    },
  };
}
