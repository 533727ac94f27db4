import type { TerminationReason } from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import {
  EVERYONE,
  type Instant,
  type NotBeforeStore,
} from '../../stores/database/not-before-store';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import type { AfterCommit } from '../../stores/database/sql/after-commit';
import type { InTransaction } from '../../stores/database/sql/transaction';
import type { NotBeforeCache } from '../../stores/memory/not-before-cache';
import type { SessionCache } from '../../stores/memory/session-cache';
import type { Hints } from '../../stores/redis/hint-stream';
import type { RequestStates } from '../requests/request-state';

/** Refuses any number of sessions by one row, logins that are still under way included. */
export interface Revocations {
  /**
   * Refuses every session of a user whose login does not know of this revocation.
   *
   * A login knows of it if its request read the user after it was committed.
   *
   * @param keepId A session that goes on.
   */
  revoke(userId: number, reason: TerminationReason, keepId?: string): Promise<void>;
  /** Refuses every session that began before an instant, and every login under way. */
  revokeEveryone(reason: TerminationReason): Promise<void>;
  /** Refuses the sessions of a user, or of everyone, that began before an instant. */
  raise(instant: Instant): Promise<void>;
}

/** Dependencies of {@link createRevocations}. */
export interface RevocationsParts {
  store: SessionStore;
  cache: SessionCache;
  notBefores: NotBeforeStore;
  notBeforeCache: NotBeforeCache;
  hints: Hints;
  inTransaction: InTransaction;
  afterCommit: AfterCommit;
  requestStates: RequestStates;
}

/** Creates the revocations: in the database first, then in the cache, then by hints to others. */
export function createRevocations(parts: RevocationsParts): Revocations {
  const { store, cache, notBefores, notBeforeCache, hints } = parts;
  const { inTransaction, afterCommit, requestStates } = parts;

  /** The kept session learns of the revocation in the same transaction, so no instance ends it. */
  async function revoke(userId: number, reason: TerminationReason, keepId?: string): Promise<void> {
    const number = await inTransaction(async () => {
      const revocation = await notBefores.revoke(userId, reason, nowMs);
      if (keepId !== undefined) await store.learnRevocation(keepId, revocation);
      return revocation;
    });
    requestStates.current()?.users.revoked(userId, number);
    await afterCommit(() => {
      if (keepId !== undefined) cache.learnRevocation(keepId, number);
      notBeforeCache.revoke(userId, { number, reason });
      hints.notBeforeRaised();
    });
  }

  async function raise(instant: Instant): Promise<void> {
    await notBefores.raise(instant, nowMs);
    await afterCommit(() => {
      notBeforeCache.raise(instant);
      hints.notBeforeRaised();
    });
  }

  return {
    revoke,
    raise,

    async revokeEveryone(reason) {
      await raise({ userId: EVERYONE, atMs: nowMs(), reason });
      await revoke(EVERYONE, reason);
    },
  };
}
