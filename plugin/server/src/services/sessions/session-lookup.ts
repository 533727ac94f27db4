import { monotonicMs } from '../../clock';
import type { NotBeforeCache, Revocation } from '../../stores/memory/not-before-cache';
import type { CachedSession, SessionCache } from '../../stores/memory/session-cache';
import type { Instant, NotBeforeStore } from '../../stores/database/not-before-store';
import type { AfterCommit } from '../../stores/database/sql/after-commit';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import { LEASE_MS, type TerminationFeed } from '../instances/termination-feed';

/** The longest interval between reads of a row, in milliseconds; the feed reports no deletions. */
export const MAX_UNREAD_MS = 120_000;

/** A shorter inactivity timeout shortens that interval, but not below this, in milliseconds. */
const MIN_UNREAD_MS = 60_000;

/** The maximum number of reads per request; slower answers are older than the lease. */
const MAX_READS = 2;

/** Looks up sessions in the cache and the database; terminations are known within the lease. */
export interface SessionLookup {
  /** Returns a session from the cache, or from the database where the cache is not fresh enough. */
  find(sessionId: string): Promise<CachedSession | null>;
  /** Returns a session from the database; throws when that takes longer than the lease. */
  refetch(sessionId: string): Promise<CachedSession | null>;
  /**
   * Runs the write of a new session, and caches the session once the write is committed.
   *
   * @param knownAtMs The monotonic instant since which revocations of its user may be unknown.
   */
  insert(row: SessionRow, knownAtMs: number, write: () => Promise<void>): Promise<void>;
  /** Returns the not-before instant of a user. */
  instantOf(userId: number): Instant | null;
  /** Returns the newest revocation of a user. */
  revocationOf(userId: number): Revocation | null;
}

/** Dependencies of {@link createSessionLookup}. */
export interface SessionLookupParts {
  store: SessionStore;
  notBefores: NotBeforeStore;
  cache: SessionCache;
  notBeforeCache: NotBeforeCache;
  feed: TerminationFeed;
  afterCommit: AfterCommit;
  isInTransaction: () => boolean;
  /** Returns the inactivity timeout in milliseconds. */
  inactivityTimeoutMs: () => number;
}

/** A pending read of a row. */
interface Reading {
  beganAtMs: number;
  result: Promise<CachedSession | null>;
}

/** Creates a look-up that uses the cache as far as the feed and the lease allow. */
export function createSessionLookup(parts: SessionLookupParts): SessionLookup {
  const {
    store,
    notBefores,
    cache,
    notBeforeCache,
    feed,
    afterCommit,
    isInTransaction,
    inactivityTimeoutMs,
  } = parts;
  const readings = new Map<string, Reading>();

  async function read(sessionId: string, beganAtMs: number): Promise<CachedSession | null> {
    const pendingRead = cache.beginRead(sessionId);
    try {
      const row = await store.find(sessionId);
      if (!row) {
        cache.forget(sessionId);
        return null;
      }
      const notBeforesOfUser = await notBefores.findForUser(row.userId);
      const session = cachedFrom(row, beganAtMs);
      // What a transaction reads may never be committed.
      if (isInTransaction()) return session;
      notBeforesOfUser.forEach((notBefore) => notBeforeCache.put(notBefore));
      return pendingRead.commit(session);
    } finally {
      pendingRead.close();
    }
  }

  /** Shares one read among concurrent callers; a read older than the lease is replaced. */
  function readOnce(sessionId: string): Promise<CachedSession | null> {
    const now = monotonicMs();
    if (isInTransaction()) return read(sessionId, now);
    const current = readings.get(sessionId);
    if (current && now - current.beganAtMs < LEASE_MS) return current.result;
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
      `the database takes longer than ${LEASE_MS} ms to tell whether a session is terminated`,
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

    async insert(row, knownAtMs, write) {
      const pendingRead = cache.beginRead(row.sessionId);
      const close = (): void => pendingRead.close();
      try {
        await write();
      } catch (error) {
        close();
        throw error;
      }
      await afterCommit(() => {
        pendingRead.commit(cachedFrom(row, knownAtMs));
        close();
      }, close);
    },

    instantOf: (userId) => notBeforeCache.instantOf(userId),
    revocationOf: (userId) => notBeforeCache.revocationOf(userId),
  };
}

/** Returns the facts of a row to cache; `confirmedAtMs` is the monotonic instant before it was read. */
export function cachedFrom(row: SessionRow, confirmedAtMs: number): CachedSession {
  return {
    sessionId: row.sessionId,
    userId: row.userId,
    userDocumentId: row.userDocumentId,
    state: row.state,
    reason: row.reason,
    loggedInAtMs: row.loggedInAtMs,
    expiresAtMs: row.expiresAtMs,
    lastSeenAtMs: row.lastSeenAtMs,
    lastTouchedAtMs: row.lastSeenAtMs,
    knownRevocation: row.knownRevocation ?? 0,
    passwordFingerprint: row.passwordFingerprint,
    accountReadAtMs: Number.NEGATIVE_INFINITY,
    confirmedAtMs,
  };
}
