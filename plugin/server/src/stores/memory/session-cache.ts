import type { SessionState, TerminationReason } from '../../../../shared/contracts';
import type { Confirmation } from '../database/sessions/session-row';

/** The cached facts of one session. Times are Unix milliseconds except `confirmedAtMs`. */
export interface CachedSession {
  readonly sessionId: string;
  readonly userId: number;
  /** The document id of the user; `null` until the session is bound to it. */
  userDocumentId: string | null;
  state: SessionState;
  reason: TerminationReason | null;
  readonly loggedInAtMs: number;
  /** When the last of its tokens expires; `null` if one never does, or if that is unknown. */
  expiresAtMs: number | null;
  lastSeenAtMs: number;
  lastTouchedAtMs: number;
  /** The newest revocation that the login knew of. */
  knownRevocation: number;
  /** The fingerprint of the password hash that the session is bound to; `null` until it is bound. */
  passwordFingerprint: string | null;
  /** Monotonic instant of the last decision by the account of the user. */
  accountReadAtMs: number;
  /** The password hash of the last decision that kept the session; to fingerprint it only once. */
  acceptedHash?: string | null;
  /** Whether the session has not begun; such a one is not cached. */
  isProvisional?: boolean;
  /** Monotonic instant before the database was asked; the facts are at least this fresh. */
  confirmedAtMs: number;
}

/** A pending read or write of one session. */
export interface PendingRead {
  /**
   * Caches the facts read or written, unless the session was terminated; returns the current facts.
   */
  commit(session: CachedSession): CachedSession;
  /** Ends the read; the caller must call it in any case. */
  close(): void;
}

/** The recently used sessions of this process by id; bounded, oldest evicted first. */
export interface SessionCache {
  get(sessionId: string): CachedSession | undefined;
  /** Begins a read or write; it records terminations until {@link PendingRead.close}. */
  beginRead(sessionId: string): PendingRead;
  /** Records a termination; no pending read can revert it. */
  terminate(sessionId: string, reason: TerminationReason): void;
  /** Records that a cached session knows of a revocation. */
  learnRevocation(sessionId: string, revocation: number): void;
  /** Drops a session to make its next request ask the database; discards pending reads. */
  forget(sessionId: string): void;
  /** Updates a cached session with the answer of a query that began at a monotonic instant. */
  confirm(confirmation: Confirmation, askedAtMs: number): void;
  /** Sets the last-seen time that another instance wrote; it may be earlier than the cached one. */
  setLastTouched(sessionId: string, lastTouchedAtMs: number): void;
  /** Returns the session of a rotated id. */
  sessionOfRotation(rotatedId: string): string | undefined;
  putRotation(rotatedId: string, sessionId: string): void;
  /** Records that a rotation is unused. */
  markUnused(rotatedId: string): void;
  /** Removes the record that a rotation is unused; tells whether there was one. */
  takeUnused(rotatedId: string): boolean;
}

/** Changes to a session during a pending read. */
interface Race {
  reason: TerminationReason | null;
  forgotten: boolean;
}

/** Creates an empty cache for at most `capacity` sessions. */
export function createSessionCache(capacity: number): SessionCache {
  const sessions = new Map<string, CachedSession>();
  const rotations = new Map<string, string>();
  const unused = new Map<string, true>();
  const pendingReads = new Map<string, Set<Race>>();

  function merge(session: CachedSession, race: Race): CachedSession {
    const cached = sessions.get(session.sessionId);
    if (cached?.state === 'terminated') return cached;
    if (race.reason && session.state !== 'terminated') {
      session.state = 'terminated';
      session.reason = race.reason;
    }
    if (race.forgotten) return session;
    if (cached) {
      // The request that reactivated the session may not be written yet.
      const behind = cached.lastTouchedAtMs > session.lastSeenAtMs;
      if (behind && session.state === 'inactive') session.state = cached.state;
      session.confirmedAtMs = Math.max(session.confirmedAtMs, cached.confirmedAtMs);
      session.accountReadAtMs = cached.accountReadAtMs;
      session.knownRevocation = Math.max(session.knownRevocation, cached.knownRevocation);
      session.passwordFingerprint ??= cached.passwordFingerprint;
      session.userDocumentId ??= cached.userDocumentId;
      session.lastSeenAtMs = Math.max(session.lastSeenAtMs, cached.lastSeenAtMs);
      session.lastTouchedAtMs = Math.max(session.lastTouchedAtMs, cached.lastTouchedAtMs);
    }
    remember(sessions, session.sessionId, session, capacity);
    return session;
  }

  function notifyPendingReads(sessionId: string, change: Partial<Race>): void {
    for (const race of pendingReads.get(sessionId) ?? []) Object.assign(race, change);
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
      const cached = sessions.get(sessionId);
      if (!cached || cached.state === 'terminated') return;
      cached.state = 'terminated';
      cached.reason = reason;
    },

    forget(sessionId) {
      notifyPendingReads(sessionId, { forgotten: true });
      sessions.delete(sessionId);
    },

    confirm({ sessionId, state, reason, lastSeenAtMs }, askedAtMs) {
      const cached = sessions.get(sessionId);
      if (!cached || cached.state === 'terminated') return;
      if (state === 'terminated') {
        cached.state = state;
        cached.reason = reason;
        return;
      }
      // A last-seen time that waits to be written will make the session active.
      if (lastSeenAtMs >= cached.lastTouchedAtMs) cached.state = state;
      cached.lastSeenAtMs = Math.max(cached.lastSeenAtMs, lastSeenAtMs);
      cached.lastTouchedAtMs = Math.max(cached.lastTouchedAtMs, lastSeenAtMs);
      cached.confirmedAtMs = Math.max(cached.confirmedAtMs, askedAtMs);
    },

    setLastTouched(sessionId, lastTouchedAtMs) {
      const cached = sessions.get(sessionId);
      if (cached) cached.lastTouchedAtMs = lastTouchedAtMs;
    },

    learnRevocation(sessionId, revocation) {
      const cached = sessions.get(sessionId);
      if (cached) cached.knownRevocation = Math.max(cached.knownRevocation, revocation);
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
