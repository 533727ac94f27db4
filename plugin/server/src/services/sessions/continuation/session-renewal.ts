import { STATE_NUMBERS } from '../../../../../shared/contracts';
import type { Core } from '../../../../../shared/core';
import { createKeyedMutex } from '../../../async/keyed-mutex';
import { nowMs } from '../../../clock';
import type { RotationStore } from '../../../stores/database/rotation-store';
import type { SessionRow } from '../../../stores/database/sessions/session-row';
import type { SessionStore } from '../../../stores/database/sessions/session-store';
import type { InTransaction } from '../../../stores/database/sql/transaction';
import type { CachedSession } from '../../../stores/memory/session-cache';
import type { LoginFacts } from '../../requests/login-facts';
import { loadServerCore } from '../../settings/load-core';
import type { LoginRecorder } from '../login-recorder';
import type { SessionFactory } from '../new-session';
import type { SessionLookup } from '../session-lookup';
import type { UserRefusal } from '../user-refusal';

/** How long a renewed session waits for its token, in milliseconds. */
const MAX_ISSUE_MS = 60_000;

/** The longest chain of renewed sessions that is followed. */
const MAX_SESSIONS = 1000;

/** Lets sessions that ended with their tokens go on, where an app renews them by an expired token. */
export interface SessionRenewal {
  /**
   * Returns these sessions, each that ended with its tokens replaced by the one that follows it.
   *
   * The one that follows is as old as the first, and ends with it: by its password, by a revocation
   * and by the timeouts. It begins only if no session among them is live.
   */
  renewed(
    found: readonly (CachedSession | null)[],
    userId: number,
  ): Promise<(CachedSession | null)[]>;
}

/** Dependencies of {@link createSessionRenewal}. */
export interface SessionRenewalParts {
  core: Core;
  store: SessionStore;
  rotations: RotationStore;
  lookup: SessionLookup;
  sessionFactory: SessionFactory;
  recorder: LoginRecorder;
  refusalOf: UserRefusal;
  inTransaction: InTransaction;
  /** Returns the facts of the current request. */
  facts: () => LoginFacts;
}

/** Creates the renewal; the core decides. */
export function createSessionRenewal(parts: SessionRenewalParts): SessionRenewal {
  const { core, store, rotations, lookup, sessionFactory, recorder, refusalOf } = parts;
  const { facts, inTransaction } = parts;
  const { Verdict } = loadServerCore();
  const mutex = createKeyedMutex();

  /** Follows a session that ended with its tokens to the newest one that it goes on in. */
  async function newestOf(session: CachedSession): Promise<CachedSession | null> {
    let newest = session;
    for (let sessions = 0; sessions < MAX_SESSIONS; sessions += 1) {
      if (!isExpired(newest)) return newest;
      const next = await rotations.find(newest.sessionId);
      if (!next || next.sessionId === newest.sessionId) return newest;
      const found = await lookup.find(next.sessionId);
      // A deleted one was terminated.
      if (!found) return null;
      newest = found;
    }
    return null;
  }

  /** Tells whether a session ended with its tokens alone, and would be live if they were. */
  async function mayGoOn(row: SessionRow): Promise<boolean> {
    const { loggedInAtMs, lastSeenAtMs, expiresAtMs, terminatedAtMs } = row;
    if (expiresAtMs === null || expiresAtMs > (terminatedAtMs ?? 0)) return false;
    const seenAtMs = Math.max(lastSeenAtMs, loggedInAtMs);
    const { active } = STATE_NUMBERS;
    const verdict = core.checkRequest(active, loggedInAtMs, seenAtMs, seenAtMs, 0, nowMs());
    return Boolean(verdict & Verdict.Allow) && (await refusalOf(row)) === null;
  }

  async function begin(ended: SessionRow): Promise<CachedSession | null> {
    const sessionId = core.newSessionId();
    const { userId, method, loggedInAtMs } = ended;
    const { knownRevocation, passwordFingerprint, userDocumentId } = ended;
    const row = sessionFactory.newSession(
      {
        sessionId,
        userId,
        facts: { ...facts(), method },
        expiresAtMs: nowMs() + MAX_ISSUE_MS,
        startsAt: 'now',
      },
      { knownRevocation, passwordFingerprint, userDocumentId },
    );
    const next = await inTransaction(async () => {
      await rotations.add(ended.sessionId, sessionId);
      const next = await rotations.find(ended.sessionId);
      // Otherwise another instance has renewed it at the same time.
      if (next?.sessionId === sessionId) await store.insert({ ...row, loggedInAtMs });
      return next;
    });
    if (next?.sessionId === sessionId) await recorder.announceBegun(row);
    return next && (await lookup.refetch(next.sessionId));
  }

  /** Returns the session that an ended one goes on in; the ended one, if it may not. */
  const renew = (session: CachedSession): Promise<CachedSession | null> =>
    mutex.run(session.sessionId, async () => {
      const newest = await newestOf(session);
      if (!newest || !isExpired(newest)) return newest;
      const row = await store.find(newest.sessionId);
      if (!row) return null;
      return (await mayGoOn(row)) ? await begin(row) : newest;
    });

  return {
    async renewed(found, userId) {
      const newest = await Promise.all(
        found.map((session) => (session?.userId === userId ? newestOf(session) : session)),
      );
      const [expired] = newest
        .filter((session) => session?.userId === userId && isExpired(session))
        .sort((one, other) => (other?.loggedInAtMs ?? 0) - (one?.loggedInAtMs ?? 0));
      const isLive = newest.some(
        (session) => session?.userId === userId && session.state !== 'terminated',
      );
      if (!expired || isLive) return newest;
      return [...newest.filter((session) => session !== expired), await renew(expired)];
    },
  };
}

/** Tells whether a session ended by itself; the timeouts are checked again. */
function isExpired({ state, reason }: CachedSession): boolean {
  return state === 'terminated' && reason === 'expired';
}
