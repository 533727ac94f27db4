import type { Actor, TerminationReason } from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import type { AfterCommit } from '../../stores/database/sql/after-commit';
import type { SessionCache } from '../../stores/memory/session-cache';
import { EVERYONE } from '../../stores/database/not-before-store';
import type { Hints } from '../../stores/redis/hint-stream';
import type { RotationStore } from '../../stores/database/rotation-store';
import type {
  Elapsed,
  OwnedSession,
  SessionStore,
} from '../../stores/database/sessions/session-store';
import type { StrapiSessionStore } from '../../stores/database/strapi-session-store';
import { SYSTEM } from '../requests/actor';
import type { PublishEvent } from '../journal/event-hub';
import type { Revocations } from './revocations';

/** Terminates sessions. */
export interface Terminations {
  /**
   * Terminates a session if it exists, also one that has not begun; idempotent.
   *
   * @param by The actor; without it, the actor of the current request.
   * @returns Whether it could be used until then.
   */
  terminate(sessionId: string, reason: TerminationReason, by?: Actor): Promise<boolean>;
  /** Terminates the live sessions among the ids, likewise. */
  terminateMany(
    sessionIds: readonly string[],
    reason: TerminationReason,
    by?: Actor,
  ): Promise<void>;
  /**
   * Terminates all sessions of a user, or all but `keepId`, and returns their number.
   *
   * It also refuses logins under way on any instance, because they may have used a password that is
   * no longer valid.
   */
  terminateAll(userId: number, reason: TerminationReason, keepId?: string): Promise<number>;
  /**
   * Terminates the sessions of deleted users, in few statements however many there are.
   *
   * A login under way needs no revocation: its session is refused because its user is gone.
   */
  terminateDeleted(userIds: readonly number[]): Promise<void>;
  /**
   * Terminates every session of a user, or of `'everyone'`, that began before an instant.
   *
   * It writes one row, however many sessions there are.
   *
   * @param atMs Unix milliseconds; an instant in the future counts as now.
   * @throws RangeError where `who` is neither an id nor `'everyone'`, or `atMs` is not finite.
   */
  terminateBefore(who: number | 'everyone', atMs: number, reason: TerminationReason): Promise<void>;
  /** Refuses every session and every login under way. */
  revokeEveryone(reason: TerminationReason): Promise<void>;
  /** Terminates a batch of elapsed sessions and returns their number. */
  terminateElapsed(elapsed: Elapsed, reason: TerminationReason): Promise<number>;
  /** Deletes terminated sessions with their rotations and Strapi's rows. */
  purge(sessionIds: string[]): Promise<void>;
}

/** Dependencies of {@link createTerminations}. */
export interface TerminationsParts {
  store: SessionStore;
  rotations: RotationStore;
  strapiSessions: StrapiSessionStore;
  cache: SessionCache;
  revocations: Revocations;
  hints: Hints;
  afterCommit: AfterCommit;
  publish: PublishEvent;
  /** Announces those of the sessions that are terminated, where the outcome of a write is unknown. */
  lookUp: (sessionIds: readonly string[]) => void;
}

/**
 * Creates terminations: in the database first, then in the cache, then by hints to other instances.
 */
export function createTerminations(parts: TerminationsParts): Terminations {
  const { store, rotations, strapiSessions, cache, revocations } = parts;
  const { hints, afterCommit, publish, lookUp } = parts;

  async function terminateMany(
    sessionIds: readonly string[],
    reason: TerminationReason,
    by?: Actor,
  ): Promise<void> {
    if (sessionIds.length === 0) return;
    const terminated = await store.terminate(sessionIds, reason, nowMs).catch((error: unknown) => {
      lookUp(sessionIds);
      throw error;
    });
    await publishTerminated(terminated, reason, by);
    await removeFamilies(sessionIds);
  }

  async function publishTerminated(
    terminated: readonly OwnedSession[],
    reason: TerminationReason,
    by?: Actor,
  ): Promise<void> {
    if (terminated.length === 0) return;
    const ids = terminated.map(({ sessionId }) => sessionId);
    const announce = (): void => {
      for (const { sessionId, userId } of terminated) {
        cache.terminate(sessionId, reason);
        publish('session.terminated', { session: { id: sessionId, userId, reason } }, by);
      }
      hints.sessionsTerminated(ids);
    };
    await afterCommit(announce, () => lookUp(ids));
  }

  async function removeFamilies(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length === 0) return;
    await strapiSessions.remove([...sessionIds]);
    for await (const rotated of rotations.rotatedIdsOf(sessionIds))
      await strapiSessions.remove(rotated);
  }

  return {
    async terminate(sessionId, reason, by) {
      const end = await store.endOf(sessionId);
      if (!end) return false;
      if (end.isTerminated) {
        // Another instance may have terminated it without this one or others knowing.
        cache.terminate(sessionId, end.reason ?? reason);
        await store.restamp(sessionId, nowMs());
        return false;
      }
      await terminateMany([sessionId], reason, by);
      return true;
    },

    terminateMany,

    async terminateAll(userId, reason, keepId) {
      await revocations.revoke(userId, reason, { keepId });
      const live = await store.liveIdsOfUser(userId);
      const toTerminate = live.filter((sessionId) => sessionId !== keepId);
      await terminateMany(toTerminate, reason);
      return toTerminate.length;
    },

    async terminateDeleted(userIds) {
      await terminateMany(await store.liveIdsOfUsers(userIds), 'user_deleted');
    },

    async terminateBefore(who, atMs, reason) {
      if (who !== 'everyone' && !(Number.isSafeInteger(who) && who > 0)) {
        throw new RangeError(`terminateBefore takes the id of a user or 'everyone'`);
      }
      if (!Number.isFinite(atMs))
        throw new RangeError('terminateBefore takes an instant in milliseconds');
      const now = nowMs();
      const userId = who === 'everyone' ? EVERYONE : who;
      // An instant in the past leaves the logins under way alone.
      if (atMs < now) await revocations.raise({ userId, atMs, reason });
      else await revocations.revoke(userId, reason, { notBeforeMs: now });
    },

    revokeEveryone: (reason) => revocations.revoke(EVERYONE, reason, { notBeforeMs: nowMs() }),

    async terminateElapsed(elapsed, reason) {
      const terminated = await store.terminateElapsed(elapsed, reason, nowMs);
      await publishTerminated(terminated, reason, SYSTEM);
      await removeFamilies(terminated.map(({ sessionId }) => sessionId));
      return terminated.length;
    },

    async purge(sessionIds) {
      if (sessionIds.length === 0) return;
      // A row of Strapi's without a session would look like a login from before the plugin. The
      // session is deleted last: a process that is killed in between leaves it for the next
      // clean-up.
      await removeFamilies(sessionIds);
      await rotations.forget(sessionIds, nowMs());
      await store.remove(sessionIds);
    },
  };
}
