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
import type { ExpectedWrite, KnownRevocations } from '../../stores/memory/known-revocations';
import type { NotBeforeCache } from '../../stores/memory/not-before-cache';
import type { SessionCache } from '../../stores/memory/session-cache';
import type { Hints } from '../../stores/redis/hint-stream';
import type { PublishEvent } from '../journal/event-hub';
import type { RequestStates } from '../requests/request-state';

/** Details of a revocation. */
export interface RevocationDetails {
  /** A session that stays active. */
  keepId?: string | undefined;
  /** Also refuses the sessions that began before this instant. */
  notBeforeMs?: number;
}

/** Refuses any number of sessions by one row, logins that are still under way included. */
export interface Revocations {
  /**
   * Refuses every session of a user, or of `EVERYONE`, whose login does not know of this revocation.
   *
   * A login knows of it if its request read the user after it was committed.
   */
  revoke(userId: number, reason: TerminationReason, details: RevocationDetails): Promise<void>;
  /** Refuses the sessions of a user, or of everyone, that began before an instant. */
  raise(instant: Instant): Promise<void>;
}

/** Dependencies of {@link createRevocations}. */
export interface RevocationsParts {
  store: SessionStore;
  cache: SessionCache;
  notBefores: NotBeforeStore;
  notBeforeCache: NotBeforeCache;
  knownRevocations: KnownRevocations;
  hints: Hints;
  publish: PublishEvent;
  inTransaction: InTransaction;
  afterCommit: AfterCommit;
  requestStates: RequestStates;
}

/** Creates the revocations: in the database first, then in the cache, then by hints to others. */
export function createRevocations(parts: RevocationsParts): Revocations {
  const { store, cache, notBefores, notBeforeCache, knownRevocations, hints } = parts;
  const { publish, inTransaction, afterCommit, requestStates } = parts;

  function announce(user: number, reason: TerminationReason): void {
    hints.notBeforeRaised();
    const userId = user === EVERYONE ? 'everyone' : user;
    publish('sessions.revoked', { sessions: { userId, reason } });
  }

  return {
    async revoke(userId, reason, { keepId, notBeforeMs }) {
      let expected: ExpectedWrite | null = null;

      /** The kept session learns of the revocation in the same transaction, so no instance ends it. */
      const write = async (): Promise<number> => {
        expected?.undone();
        const revocation = await notBefores.revoke(userId, reason, nowMs);
        expected = knownRevocations.expect(userId, { revocation, atMs: notBeforeMs });
        if (keepId !== undefined) await store.learnRevocation(keepId, revocation);
        if (notBeforeMs !== undefined) {
          await notBefores.raise({ userId, atMs: notBeforeMs, reason }, nowMs);
        }
        return revocation;
      };

      const number = await inTransaction(write).catch((error: unknown) => {
        expected?.undone();
        throw error;
      });
      requestStates.current()?.users.revoked(userId, number);
      await afterCommit(
        () => {
          expected?.committed();
          if (keepId !== undefined) cache.learnRevocation(keepId, number);
          if (notBeforeMs !== undefined)
            notBeforeCache.raise({ userId, atMs: notBeforeMs, reason });
          notBeforeCache.revoke(userId, { number, reason });
          announce(userId, reason);
        },
        () => expected?.undone(),
      );
    },

    async raise(instant) {
      const { userId, atMs, reason } = instant;
      const expected = knownRevocations.expect(userId, { atMs });
      try {
        await notBefores.raise(instant, nowMs);
      } catch (error) {
        expected.undone();
        throw error;
      }
      await afterCommit(
        () => {
          expected.committed();
          notBeforeCache.raise(instant);
          announce(userId, reason);
        },
        () => expected.undone(),
      );
    },
  };
}
