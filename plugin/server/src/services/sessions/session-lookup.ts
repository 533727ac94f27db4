import { monotonicMs } from '../../clock';
import type { KnownInstants } from '../../stores/memory/not-before-cache';
import type { KnownSession, LocalView } from '../../stores/memory/session-cache';
import type { NotBefore, NotBeforeStore } from '../../stores/database/not-before-store';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import { LEASE_MS, type DatabaseFeed } from '../instances/termination-feed';

/** How long a session's own row may go unread, in milliseconds: the feed tells of ends, not of deletions. */
export const LONGEST_UNREAD_MS = 120_000;

/** Nor any longer than until it may be marked inactive, but so long in any case, in milliseconds. */
const SHORTEST_UNREAD_MS = 60_000;

/** How often the database is asked for one request before its answers are too slow to be trusted. */
const MOST_READS = 2;

/** What this process knows of sessions, never older than the lease where an end is concerned. */
export interface SessionKnowledge {
  /** Gives a session as it is known here, or as the database has it where that is not enough. */
  of(sessionId: string): Promise<KnownSession | null>;
  /** Gives a session as the database has it; throws when that takes longer than the lease. */
  afresh(sessionId: string): Promise<KnownSession | null>;
  /**
   * Runs the write of a new session and knows it once that has succeeded. If the caller's transaction
   * is undone afterwards, there is no token that could ask for it.
   */
  learn(row: SessionRow, write: () => Promise<void>): Promise<void>;
  /** Gives the instant before which no session of a user may have begun. */
  notBeforeOf(userId: number): NotBefore | null;
}

/** What {@link createSessionKnowledge} works with. */
export interface SessionKnowledgeParts {
  store: SessionStore;
  notBefores: NotBeforeStore;
  view: LocalView;
  instants: KnownInstants;
  feed: DatabaseFeed;
  /** Gives after how many milliseconds without a request a session may be marked inactive. */
  inactivityTimeoutMs: () => number;
}

/** A read of a row under way. */
interface Reading {
  beganAtMs: number;
  result: Promise<KnownSession | null>;
}

/** Puts the view before the database, as far as the feed and the lease allow. */
export function createSessionKnowledge(parts: SessionKnowledgeParts): SessionKnowledge {
  const { store, notBefores, view, instants, feed, inactivityTimeoutMs } = parts;
  const readings = new Map<string, Reading>();

  async function read(sessionId: string, beganAtMs: number): Promise<KnownSession | null> {
    const arrival = view.expect(sessionId);
    try {
      const row = await store.find(sessionId);
      if (!row) {
        view.forget(sessionId);
        return null;
      }
      for (const instant of await notBefores.ofUser(row.userId)) instants.raise(instant);
      return arrival.arrive(knownFrom(row, beganAtMs));
    } finally {
      arrival.close();
    }
  }

  /** Asks the database, once for all who ask at the same time; a read that hangs is not waited for. */
  function readOnce(sessionId: string): Promise<KnownSession | null> {
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
    Math.max(SHORTEST_UNREAD_MS, Math.min(LONGEST_UNREAD_MS, inactivityTimeoutMs()));

  function isTrusted({ confirmedAtMs }: KnownSession): boolean {
    const ageMs = monotonicMs() - confirmedAtMs;
    return ageMs < LEASE_MS || (ageMs < unreadMs() && feed.covers(confirmedAtMs));
  }

  async function afresh(sessionId: string): Promise<KnownSession | null> {
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      const session = await readOnce(sessionId);
      if (!session || session.state === 'terminated' || isTrusted(session)) return session;
    }
    throw new Error(
      `the database takes longer than ${LEASE_MS} ms to say whether a session goes on`,
    );
  }

  return {
    afresh,

    async of(sessionId) {
      const session = view.get(sessionId);
      if (session?.state === 'terminated') return session;
      if (!session || !isTrusted(session)) return await afresh(sessionId);
      feed.confirmNext(sessionId);
      return session;
    },

    async learn(row, write) {
      const beganAtMs = monotonicMs();
      const arrival = view.expect(row.sessionId);
      try {
        await write();
        arrival.arrive(knownFrom(row, beganAtMs));
      } finally {
        arrival.close();
      }
    },

    notBeforeOf: (userId) => instants.of(userId),
  };
}

function knownFrom(row: SessionRow, confirmedAtMs: number): KnownSession {
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
