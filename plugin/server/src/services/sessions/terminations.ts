import type { Actor, TerminationReason } from '../../../../shared/contracts';
import { monotonicMs, nowMs } from '../../clock';
import type { AfterCommit } from '../../stores/database/sql/after-commit';
import type { NotBeforeCache } from '../../stores/memory/not-before-cache';
import type { SessionCache } from '../../stores/memory/session-cache';
import { EVERYONE, type NotBeforeStore } from '../../stores/database/not-before-store';
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
import type { RequestStates } from '../requests/request-state';

/** The ways in which sessions end. */
export interface Terminations {
  /**
   * Ends a session, if there is one; ending it again changes nothing. It is ended by whoever the
   * request comes from, unless told otherwise.
   */
  terminate(sessionId: string, reason: TerminationReason, by?: Actor): Promise<void>;
  /** Ends the sessions of the ids that have not ended, likewise. */
  terminateMany(
    sessionIds: readonly string[],
    reason: TerminationReason,
    by?: Actor,
  ): Promise<void>;
  /**
   * Ends all sessions of a user, or all but one, and gives their number.
   *
   * A login under way in another request is ended as well, so that a password that no longer
   * holds opens nothing.
   */
  terminateAll(userId: number, reason: TerminationReason, keepId?: string): Promise<number>;
  /**
   * Ends every session of a user, or of `'everyone'`, that began before an instant (Unix
   * milliseconds); one row, however many sessions. An instant yet to come counts as now.
   */
  terminateBefore(who: number | 'everyone', atMs: number, reason: TerminationReason): Promise<void>;
  /** Ends a batch of the sessions that time has ended, and gives their number. */
  terminateElapsed(elapsed: Elapsed, reason: TerminationReason): Promise<number>;
  /** Deletes ended sessions, with all that could bring them back. */
  purge(sessionIds: string[]): Promise<void>;
}

/** What {@link createTerminations} works with. */
export interface TerminationsParts {
  store: SessionStore;
  rotations: RotationStore;
  strapiSessions: StrapiSessionStore;
  cache: SessionCache;
  notBefores: NotBeforeStore;
  notBeforeCache: NotBeforeCache;
  hints: Hints;
  afterCommit: AfterCommit;
  requestStates: RequestStates;
  publish: PublishEvent;
}

/** Makes sessions end: in the database, then here, then wherever else it is heard of. */
export function createTerminations(parts: TerminationsParts): Terminations {
  const { store, rotations, strapiSessions, cache, notBefores, notBeforeCache } = parts;
  const { hints, afterCommit, requestStates, publish } = parts;

  async function terminateMany(
    sessionIds: readonly string[],
    reason: TerminationReason,
    by?: Actor,
  ): Promise<void> {
    if (sessionIds.length === 0) return;
    await publishTerminated(await store.terminate(sessionIds, reason, nowMs), reason, by);
    await removeFamilies(sessionIds);
  }

  async function publishTerminated(
    terminated: readonly OwnedSession[],
    reason: TerminationReason,
    by?: Actor,
  ): Promise<void> {
    if (terminated.length === 0) return;
    await afterCommit(() => {
      for (const { sessionId, userId } of terminated) {
        cache.terminate(sessionId, reason);
        publish('session.terminated', { session: { id: sessionId, userId, reason } }, by);
      }
      hints.sessionsTerminated(terminated.map(({ sessionId }) => sessionId));
    });
  }

  async function removeFamilies(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length === 0) return;
    const rotated = await rotations.rotatedIdsOf(sessionIds);
    await strapiSessions.remove([...sessionIds, ...rotated]);
  }

  /** Notes it at once, for logins under way, and anew when others can see what it follows from. */
  async function recordTerminateAll(userId: number, reason: TerminationReason): Promise<void> {
    const note = (): void => {
      cache.recordTerminateAll(userId, reason, monotonicMs());
      requestStates.renewUserKnowledge();
    };
    note();
    await afterCommit(note);
  }

  return {
    async terminate(sessionId, reason, by) {
      const row = await store.find(sessionId);
      if (!row) return;
      if (row.state === 'terminated') {
        // Another instance may have ended it, unheard of here and elsewhere.
        cache.terminate(sessionId, row.reason ?? reason);
        await store.restamp(sessionId, nowMs());
        return;
      }
      await terminateMany([sessionId], reason, by);
    },

    terminateMany: terminateMany,

    async terminateAll(userId, reason, keepId) {
      await recordTerminateAll(userId, reason);
      const live = await store.liveIdsOfUser(userId);
      const toTerminate = live.filter((sessionId) => sessionId !== keepId);
      await terminateMany(toTerminate, reason);
      return toTerminate.length;
    },

    async terminateBefore(who, atMs, reason) {
      if (who !== 'everyone' && !(Number.isSafeInteger(who) && who > 0)) {
        throw new RangeError(`endBefore takes the id of a user or 'everyone'`);
      }
      if (!Number.isFinite(atMs))
        throw new RangeError('endBefore takes an instant in milliseconds');
      const now = nowMs();
      const userId = who === 'everyone' ? EVERYONE : who;
      const instant = { userId, atMs: Math.min(atMs, now), reason };
      await notBefores.raise(instant, nowMs);
      await afterCommit(() => {
        notBeforeCache.raise(instant);
        hints.notBeforeRaised();
      });
    },

    async terminateElapsed(elapsed, reason) {
      const terminated = await store.terminateElapsed(elapsed, reason, nowMs);
      await publishTerminated(terminated, reason, SYSTEM);
      await removeFamilies(terminated.map(({ sessionId }) => sessionId));
      return terminated.length;
    },

    async purge(sessionIds) {
      if (sessionIds.length === 0) return;
      // A row of Strapi's that stood alone would look like a login from before us. The session goes
      // last, so that whoever is killed in between begins with it again.
      await removeFamilies(sessionIds);
      await rotations.forget(sessionIds);
      await store.remove(sessionIds);
    },
  };
}
