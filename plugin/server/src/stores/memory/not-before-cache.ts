import { EVERYONE, type Instant, type NotBefore } from '../database/not-before-store';

/** A revocation: sessions whose login did not know of its number are terminated. */
export interface Revocation {
  number: number;
  reason: NotBefore['revocationReason'];
}

/** The not-before instants and revocations in the memory of this process. */
export interface NotBeforeCache {
  /** Stores a row; the later instant and the higher revocation of two stay. */
  put(notBefore: NotBefore): void;
  /** Stores an instant unless a later one is stored. */
  raise(instant: Instant): void;
  /** Stores a revocation of a user unless a newer one is stored. */
  revoke(userId: number, revocation: Revocation): void;
  /** Returns the later of a user's instant and everyone's; `null` if there is neither. */
  instantOf(userId: number): Instant | null;
  /** Returns the newer of a user's revocation and everyone's; `null` if there is neither. */
  revocationOf(userId: number): Revocation | null;
}

/** Creates an empty cache; it is unbounded, with at most two entries per user. */
export function createNotBeforeCache(): NotBeforeCache {
  const instants = new Map<number, Instant>();
  const revocations = new Map<number, Revocation>();

  function raise(instant: Instant): void {
    const current = instants.get(instant.userId);
    if (!current || current.atMs < instant.atMs) instants.set(instant.userId, instant);
  }

  function revoke(userId: number, revocation: Revocation): void {
    const current = revocations.get(userId);
    if (!current || current.number < revocation.number) revocations.set(userId, revocation);
  }

  return {
    raise,
    revoke,

    put({ userId, atMs, reason, revocation, revocationReason }) {
      if (atMs > 0) raise({ userId, atMs, reason });
      if (revocation > 0) revoke(userId, { number: revocation, reason: revocationReason });
    },

    instantOf(userId) {
      const [own, all] = [instants.get(userId), instants.get(EVERYONE)];
      if (!own || !all) return own ?? all ?? null;
      return all.atMs > own.atMs ? all : own;
    },

    revocationOf(userId) {
      const [own, all] = [revocations.get(userId), revocations.get(EVERYONE)];
      if (!own || !all) return own ?? all ?? null;
      return all.number > own.number ? all : own;
    },
  };
}
