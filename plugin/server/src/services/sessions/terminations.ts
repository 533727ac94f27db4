import type { Actor, TerminationReason } from '../../../../shared/contracts';
import { monotonicMs, nowMs } from '../../clock';
import type { AfterCommit } from '../../stores/database/sql/after-commit';
import type { KnownInstants } from '../../stores/memory/not-before-cache';
import type { LocalView } from '../../stores/memory/session-cache';
import { EVERYONE, type NotBeforeStore } from '../../stores/database/not-before-store';
import type { Hints } from '../../stores/redis/hint-stream';
import type { RotationStore } from '../../stores/database/rotation-store';
import type { Elapsed, Owned, SessionStore } from '../../stores/database/sessions/session-store';
import type { StrapiSessionStore } from '../../stores/database/strapi-session-store';
import { SYSTEM } from '../requests/actor';
import type { Announce } from '../journal/event-hub';
import type { RequestTime } from '../requests/request-time';

/** The ways in which sessions end. */
export interface Endings {
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
  endBefore(who: number | 'everyone', atMs: number, reason: TerminationReason): Promise<void>;
  /** Ends a batch of the sessions that time has ended, and gives their number. */
  endElapsed(elapsed: Elapsed, reason: TerminationReason): Promise<number>;
  /** Deletes ended sessions, with all that could bring them back. */
  forget(sessionIds: string[]): Promise<void>;
}

/** What {@link createEndings} works with. */
export interface EndingsParts {
  store: SessionStore;
  rotations: RotationStore;
  strapiSessions: StrapiSessionStore;
  view: LocalView;
  notBefores: NotBeforeStore;
  instants: KnownInstants;
  hints: Hints;
  afterCommit: AfterCommit;
  requestTime: RequestTime;
  announce: Announce;
}

/** Makes sessions end: in the database, then here, then wherever else it is heard of. */
export function createEndings(parts: EndingsParts): Endings {
  const { store, rotations, strapiSessions, view, notBefores, instants } = parts;
  const { hints, afterCommit, requestTime, announce } = parts;

  async function end(
    sessionIds: readonly string[],
    reason: TerminationReason,
    by?: Actor,
  ): Promise<void> {
    if (sessionIds.length === 0) return;
    await noteEnded(await store.terminate(sessionIds, reason, nowMs), reason, by);
    await removeFamilies(sessionIds);
  }

  async function noteEnded(
    ended: readonly Owned[],
    reason: TerminationReason,
    by?: Actor,
  ): Promise<void> {
    if (ended.length === 0) return;
    await afterCommit(() => {
      for (const { sessionId, userId } of ended) {
        view.terminate(sessionId, reason);
        announce('session.terminated', { session: { id: sessionId, userId, reason } }, by);
      }
      hints.sessionsEnded(ended.map(({ sessionId }) => sessionId));
    });
  }

  async function removeFamilies(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length === 0) return;
    const rotated = await rotations.rotatedIdsOf(sessionIds);
    await strapiSessions.remove([...sessionIds, ...rotated]);
  }

  /** Notes it at once, for logins under way, and anew when others can see what it follows from. */
  async function noteEndOfAll(userId: number, reason: TerminationReason): Promise<void> {
    const note = (): void => {
      view.noteEndOfAll(userId, reason, monotonicMs());
      requestTime.renew();
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
        view.terminate(sessionId, row.reason ?? reason);
        await store.dateAnew(sessionId, nowMs());
        return;
      }
      await end([sessionId], reason, by);
    },

    terminateMany: end,

    async terminateAll(userId, reason, keepId) {
      await noteEndOfAll(userId, reason);
      const live = await store.liveIdsOfUser(userId);
      const ending = live.filter((sessionId) => sessionId !== keepId);
      await end(ending, reason);
      return ending.length;
    },

    async endBefore(who, atMs, reason) {
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
        instants.raise(instant);
        hints.instantRaised();
      });
    },

    async endElapsed(elapsed, reason) {
      const ended = await store.endElapsed(elapsed, reason, nowMs);
      await noteEnded(ended, reason, SYSTEM);
      await removeFamilies(ended.map(({ sessionId }) => sessionId));
      return ended.length;
    },

    async forget(sessionIds) {
      if (sessionIds.length === 0) return;
      // A row of Strapi's that stood alone would look like a login from before us. The session goes
      // last, so that whoever is killed in between begins with it again.
      await removeFamilies(sessionIds);
      await rotations.forget(sessionIds);
      await store.remove(sessionIds);
    },
  };
}
