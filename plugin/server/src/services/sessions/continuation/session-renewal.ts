import { STATE_NUMBERS } from '../../../../../shared/contracts';
import type { Core } from '../../../../../shared/core';
import { createKeyedMutex } from '../../../async/keyed-mutex';
import { nowMs } from '../../../clock';
import type { RotationStore } from '../../../stores/database/rotation-store';
import type { SessionRow } from '../../../stores/database/sessions/session-row';
import type { SessionStore } from '../../../stores/database/sessions/session-store';
import type { InTransaction } from '../../../stores/database/sql/transaction';
import type { CachedSession } from '../../../stores/memory/session-cache';
import { loadServerCore } from '../../settings/load-core';
import type { LoginRecorder } from '../logins/login-recorder';
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
   * and by the timeouts. It begins only if they tell of no other session.
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
  recorder: LoginRecorder;
  refusalOf: UserRefusal;
  inTransaction: InTransaction;
}

/** Creates the renewal; the core decides. */
export function createSessionRenewal(parts: SessionRenewalParts): SessionRenewal {
  const { core, store, rotations, lookup, recorder, refusalOf, inTransaction } = parts;
  const { Verdict, ranOut } = loadServerCore();
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

  /** Returns the row of a session that ended with its tokens alone, and would be live with others. */
  async function goingOn(sessionId: string): Promise<SessionRow | null> {
    const row = await store.find(sessionId);
    if (!row || !ranOut(row.expiresAtMs, row.terminatedAtMs)) return null;
    const seenAtMs = Math.max(row.lastSeenAtMs, row.loggedInAtMs);
    const { active } = STATE_NUMBERS;
    const verdict = core.checkRequest(active, row.loggedInAtMs, seenAtMs, seenAtMs, 0, nowMs());
    return verdict & Verdict.Allow && (await refusalOf(row)) === null ? row : null;
  }

  async function begin(ended: SessionRow): Promise<CachedSession | null> {
    const sessionId = core.newSessionId();
    const now = nowMs();
    const row: SessionRow = {
      ...ended,
      sessionId,
      state: 'active',
      reason: null,
      lastSeenAtMs: now,
      terminatedAtMs: null,
      terminationId: null,
      keepUntilMs: null,
      expiresAtMs: now + MAX_ISSUE_MS,
      refreshToken: null,
    };
    const next = await inTransaction(async () => {
      await rotations.add(ended.sessionId, sessionId);
      const next = await rotations.find(ended.sessionId);
      // Otherwise another instance has renewed it at the same time.
      if (next?.sessionId === sessionId) await store.insert(row);
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
      const row = await goingOn(newest.sessionId);
      return row ? await begin(row) : newest;
    });

  return {
    async renewed(found, userId) {
      const own = found.filter((session) => session === null || session.userId === userId);
      const newest = await Promise.all(
        own.map(async (session) => session && (await newestOf(session))),
      );
      const rest: (CachedSession | null)[] = [];
      const ended: CachedSession[] = [];
      for (const session of newest) {
        const goesOn = session && isExpired(session) && (await goingOn(session.sessionId));
        if (goesOn) ended.push(session);
        else rest.push(session);
      }
      const [latest] = ended.sort((one, other) => other.loggedInAtMs - one.loggedInAtMs);
      return rest.length === 0 && latest ? [await renew(latest)] : rest;
    },
  };
}

/** Tells whether a session ended by itself; the timeouts are checked again. */
function isExpired({ state, reason }: CachedSession): boolean {
  return state === 'terminated' && reason === 'expired';
}
