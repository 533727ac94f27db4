import { monotonicMs } from '../../clock';
import type { NotBeforeCache } from '../../stores/memory/not-before-cache';
import type { CachedSession, SessionCache } from '../../stores/memory/session-cache';
import type { NotBefore, NotBeforeStore } from '../../stores/database/not-before-store';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import { LEASE_MS, type TerminationFeed } from '../instances/termination-feed';

/** How long a session's own row may go unread, in milliseconds: the feed tells of ends, not of deletions. */
export const MAX_UNREAD_MS = 120_000;

/** Nor any longer than until it may be marked inactive, but so long in any case, in milliseconds. */
const MIN_UNREAD_MS = 60_000;

/** How often the database is asked for one request before its answers are too slow to be trusted. */
const MAX_READS = 2;

/** What this process knows of sessions, never older than the lease where an end is concerned. */
export interface SessionLookup {
  /** Gives a session as it is known here, or as the database has it where that is not enough. */
  find(sessionId: string): Promise<CachedSession | null>;
  /** Gives a session as the database has it; throws when that takes longer than the lease. */
  refetch(sessionId: string): Promise<CachedSession | null>;
  /**
   * Runs the write of a new session and knows it once that has succeeded. If the caller's transaction
   * is undone afterwards, there is no token that could ask for it.
   */
  insert(row: SessionRow, write: () => Promise<void>): Promise<void>;
  /** Gives the instant before which no session of a user may have begun. */
  notBeforeOf(userId: number): NotBefore | null;
}

/** What {@link createSessionLookup} works with. */
export interface SessionLookupParts {
  store: SessionStore;
  notBefores: NotBeforeStore;
  cache: SessionCache;
  notBeforeCache: NotBeforeCache;
  feed: TerminationFeed;
  /** Gives after how many milliseconds without a request a session may be marked inactive. */
  inactivityTimeoutMs: () => number;
}

/** A read of a row under way. */
interface Reading {
  beganAtMs: number;
  result: Promise<CachedSession | null>;
}

/** Puts the view before the database, as far as the feed and the lease allow. */
export function createSessionLookup(parts: SessionLookupParts): SessionLookup {
  const { store, notBefores, cache, notBeforeCache, feed, inactivityTimeoutMs } = parts;
  const readings = new Map<string, Reading>();

  async function read(sessionId: string, beganAtMs: number): Promise<CachedSession | null> {
    const pendingRead = cache.beginRead(sessionId);
    try {
      const row = await store.find(sessionId);
      if (!row) {
        cache.forget(sessionId);
        return null;
      }
      for (const instant of await notBefores.findForUser(row.userId)) notBeforeCache.raise(instant);
      return pendingRead.commit(knownFrom(row, beganAtMs));
    } finally {
      pendingRead.close();
    }
  }

  /** Asks the database, once for all who ask at the same time; a read that hangs is not waited for. */
  function readOnce(sessionId: string): Promise<CachedSession | null> {
    const now = monotonicMs();
    const underWay = readings.get(sessionId);
    if (underWay && now - underWay.beganAtMs < LEASE_MS) return underWay.result;
    const reading: Reading = { beganAtMs: now, result: read(sessionId, now) };
    readings.set(sessionId, reading);
    const done = (): void => {
      if (readings.get(sessionId) === reading) readings.delete(sessionId);
    };
    reading.result.then(done, done);
    return reading.result;
  }

  const unreadMs = (): number =>
    Math.max(MIN_UNREAD_MS, Math.min(MAX_UNREAD_MS, inactivityTimeoutMs()));

  function isTrusted({ confirmedAtMs }: CachedSession): boolean {
    const ageMs = monotonicMs() - confirmedAtMs;
    return ageMs < LEASE_MS || (ageMs < unreadMs() && feed.covers(confirmedAtMs));
  }

  async function refetch(sessionId: string): Promise<CachedSession | null> {
    for (let reads = 0; reads < MAX_READS; reads += 1) {
      const session = await readOnce(sessionId);
      if (!session || session.state === 'terminated' || isTrusted(session)) return session;
    }
    throw new Error(
      `the database takes longer than ${LEASE_MS} ms to say whether a session goes on`,
    );
  }

  return {
    refetch,

    async find(sessionId) {
      const session = cache.get(sessionId);
      if (session?.state === 'terminated') return session;
      if (!session || !isTrusted(session)) return await refetch(sessionId);
      feed.confirmNext(sessionId);
      return session;
    },

    async insert(row, write) {
      const beganAtMs = monotonicMs();
      const pendingRead = cache.beginRead(row.sessionId);
      try {
        await write();
        pendingRead.commit(knownFrom(row, beganAtMs));
      } finally {
        pendingRead.close();
      }
    },

    notBeforeOf: (userId) => notBeforeCache.find(userId),
  };
}

function knownFrom(row: SessionRow, confirmedAtMs: number): CachedSession {
  return {
    sessionId: row.sessionId,
    userId: row.userId,
    state: row.state,
    reason: row.reason,
    loggedInAtMs: row.loggedInAtMs,
    lastSeenAtMs: row.lastSeenAtMs,
    lastTouchedAtMs: row.lastSeenAtMs,
    confirmedAtMs,
  };
}
