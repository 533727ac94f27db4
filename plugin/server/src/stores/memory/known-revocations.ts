import type { NotBefore } from '../database/not-before-store';

/** The newest instant and revocation of a user, as far as they are known. */
export interface Revoked {
  atMs?: number | undefined;
  revocation?: number | undefined;
}

/** A write of this process that is not committed yet. */
export interface ExpectedWrite {
  /** Call it once the write is committed. */
  committed(): void;
  /** Call it where the write was not committed. */
  undone(): void;
}

/** The not-before instants and revocations that this process has announced. */
export interface KnownRevocations {
  /** Sets the newest revocation of any user from before this process listened. */
  startAfter(revocation: number): void;
  /** Records a row as read; returns the reason of what is new in it, `null` if nothing is. */
  learn(notBefore: NotBefore): NotBefore['reason'] | null;
  /**
   * Records a write of this process before its commit.
   *
   * A poll may read it before the process announces it by itself.
   */
  expect(userId: number, write: Revoked): ExpectedWrite;
}

/** Creates an empty record; it is unbounded, with one entry per user whose sessions were revoked. */
export function createKnownRevocations(): KnownRevocations {
  const users = new Map<number, Revoked>();
  const expected = new Map<number, Set<Revoked>>();
  let newestAtStart = 0;

  function record(userId: number, revoked: Revoked): void {
    users.set(userId, newest(users.get(userId), revoked));
  }

  return {
    startAfter(revocation) {
      newestAtStart = revocation;
    },

    learn({ userId, atMs, reason, revocation, revocationReason }) {
      const writes = expected.get(userId);
      let known = users.get(userId);
      for (const write of writes ?? []) known = newest(known, write);
      const isRevoked = revocation > (known?.revocation ?? newestAtStart);
      // Something in the row of an unknown user is new: the instant, unless it is the revocation.
      const isRaised = known ? known.atMs !== undefined && atMs > known.atMs : !isRevoked;
      const isNew = isRevoked || isRaised;
      // An older write of another instance is new again if the expected one fails.
      if (isNew || !writes) record(userId, { atMs, revocation });
      if (!isNew) return null;
      return isRevoked ? revocationReason : reason;
    },

    expect(userId, write) {
      const writes = expected.get(userId) ?? new Set();
      expected.set(userId, writes.add(write));
      const undone = (): void => {
        writes.delete(write);
        if (writes.size === 0) expected.delete(userId);
      };
      return {
        undone,
        committed() {
          undone();
          record(userId, write);
        },
      };
    },
  };
}

/** Returns the newest fields of both. */
function newest(one: Revoked | undefined, other: Revoked): Revoked {
  return {
    atMs: later(one?.atMs, other.atMs),
    revocation: later(one?.revocation, other.revocation),
  };
}

function later(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
