import type { SessionState, TerminationReason } from '../../../../shared/contracts';
import type { Confirmation } from '../database/sessions/session-row';

/** What this process knows of one session. Times are Unix milliseconds except `confirmedAtMs`. */
export interface CachedSession {
  readonly sessionId: string;
  readonly userId: number;
  state: SessionState;
  reason: TerminationReason | null;
  readonly loggedInAtMs: number;
  lastSeenAtMs: number;
  lastTouchedAtMs: number;
  /** Monotonic instant before the database was asked: the knowledge is at least this fresh. */
  confirmedAtMs: number;
}

/** A read or write of one session that is under way. */
export interface PendingRead {
  /** Takes what was read or written, except over a termination, which is final; gives what holds. */
  commit(session: CachedSession): CachedSession;
  /** Has to be called at last, whether anything arrived or not. */
  close(): void;
}

/** The sessions this process has lately seen, by session id; bounded, oldest out first. */
export interface SessionCache {
  get(sessionId: string): CachedSession | undefined;
  /** Opens the way for a read or write; from here on no termination is missed. */
  beginRead(sessionId: string): PendingRead;
  /** Notes a termination, so that no read under way can undo it. */
  terminate(sessionId: string, reason: TerminationReason): void;
  /** Notes that all sessions of a user ended at a monotonic instant. */
  recordTerminateAll(userId: number, reason: TerminationReason, atMs: number): void;
  /** Why all sessions of a user ended after a monotonic instant; `null` if they did not. */
  terminatedAllSince(userId: number, sinceMs: number): TerminationReason | null;
  /** Makes the next request of a session ask the database; a read under way is not kept. */
  forget(sessionId: string): void;
  /** Takes what the database said of a known session to a question asked at a monotonic instant. */
  confirm(confirmation: Confirmation, askedAtMs: number): void;
  /** Notes when last seen was written by another instance, which may be earlier than was known. */
  setLastTouched(sessionId: string, lastTouchedAtMs: number): void;
  /** The session that a rotated id belongs to. */
  sessionOfRotation(rotatedId: string): string | undefined;
  putRotation(rotatedId: string, sessionId: string): void;
  /** Notes that a rotation has not been used so far. */
  markUnused(rotatedId: string): void;
  /** Says whether this is the first use of a rotation, as far as is known here, and forgets it. */
  takeUnused(rotatedId: string): boolean;
}

/** What became of a session while it was on its way. */
interface Race {
  reason: TerminationReason | null;
  forgotten: boolean;
}

/** Makes an empty view for at most `capacity` sessions. */
export function createSessionCache(capacity: number): SessionCache {
  const sessions = new Map<string, CachedSession>();
  const rotations = new Map<string, string>();
  const unused = new Map<string, true>();
  const terminateAlls = new Map<number, { reason: TerminationReason; atMs: number }>();
  const pendingReads = new Map<string, Set<Race>>();

  function merge(session: CachedSession, race: Race): CachedSession {
    const known = sessions.get(session.sessionId);
    if (known?.state === 'terminated') return known;
    if (race.reason && session.state !== 'terminated') {
      session.state = 'terminated';
      session.reason = race.reason;
    }
    if (race.forgotten) return session;
    if (known) {
      // The database has not heard yet of what woke the session.
      const behind = known.lastTouchedAtMs > session.lastSeenAtMs;
      if (behind && session.state === 'inactive') session.state = known.state;
      session.confirmedAtMs = Math.max(session.confirmedAtMs, known.confirmedAtMs);
      session.lastSeenAtMs = Math.max(session.lastSeenAtMs, known.lastSeenAtMs);
      session.lastTouchedAtMs = Math.max(session.lastTouchedAtMs, known.lastTouchedAtMs);
    }
    remember(sessions, session.sessionId, session, capacity);
    return session;
  }

  function notifyPendingReads(sessionId: string, what: Partial<Race>): void {
    for (const race of pendingReads.get(sessionId) ?? []) Object.assign(race, what);
  }

  return {
    get: (sessionId) => sessions.get(sessionId),

    beginRead(sessionId) {
      const race: Race = { reason: null, forgotten: false };
      const races = pendingReads.get(sessionId) ?? new Set();
      pendingReads.set(sessionId, races.add(race));
      return {
        commit: (session) => merge(session, race),
        close() {
          races.delete(race);
          if (races.size === 0) pendingReads.delete(sessionId);
        },
      };
    },

    terminate(sessionId, reason) {
      notifyPendingReads(sessionId, { reason });
      const known = sessions.get(sessionId);
      if (!known || known.state === 'terminated') return;
      known.state = 'terminated';
      known.reason = reason;
    },

    forget(sessionId) {
      notifyPendingReads(sessionId, { forgotten: true });
      sessions.delete(sessionId);
    },

    confirm({ sessionId, state, reason, lastSeenAtMs }, askedAtMs) {
      const known = sessions.get(sessionId);
      if (!known || known.state === 'terminated') return;
      if (state === 'terminated') {
        known.state = state;
        known.reason = reason;
        return;
      }
      // A touch that waits to be written will have made the session active.
      if (lastSeenAtMs >= known.lastTouchedAtMs) known.state = state;
      known.lastSeenAtMs = Math.max(known.lastSeenAtMs, lastSeenAtMs);
      known.lastTouchedAtMs = Math.max(known.lastTouchedAtMs, lastSeenAtMs);
      known.confirmedAtMs = Math.max(known.confirmedAtMs, askedAtMs);
    },

    setLastTouched(sessionId, lastTouchedAtMs) {
      const known = sessions.get(sessionId);
      if (known) known.lastTouchedAtMs = lastTouchedAtMs;
    },

    recordTerminateAll(userId, reason, atMs) {
      remember(terminateAlls, userId, { reason, atMs }, capacity);
    },

    terminatedAllSince(userId, sinceMs) {
      const end = terminateAlls.get(userId);
      return end && end.atMs > sinceMs ? end.reason : null;
    },

    markUnused(rotatedId) {
      remember(unused, rotatedId, true, capacity);
    },

    takeUnused: (rotatedId) => unused.delete(rotatedId),

    sessionOfRotation: (rotatedId) => rotations.get(rotatedId),

    putRotation(rotatedId, sessionId) {
      remember(rotations, rotatedId, sessionId, capacity);
    },
  };
}

function remember<K, T>(map: Map<K, T>, key: K, value: T, capacity: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= capacity) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
