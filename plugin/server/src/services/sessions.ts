import type { Actor, TerminationReason } from '../../../shared/contracts';
import type { Core, Settings, TokenField } from '../../../shared/core';
import { monotonicMs, nowMs } from '../clock';
import type { AfterCommit } from '../stores/after-commit';
import type { KnownInstants } from '../stores/known-instants';
import type { KnownSession, LocalView } from '../stores/local-view';
import { EVERYONE, type NotBeforeStore } from '../stores/not-before-store';
import type { Hints } from '../stores/redis/hint-stream';
import type { RotationStore } from '../stores/rotation-store';
import type { SessionRow } from '../stores/session-row';
import type { Elapsed, Owned, SessionStore } from '../stores/session-store';
import type { StrapiSessionStore } from '../stores/strapi-session-store';
import { SYSTEM } from './actor';
import { loadServerCore } from './core';
import type { Announce } from './events';
import type { TokenIdentity } from './identity';
import { loginFactsOf, type LoginFacts } from './login-facts';
import type { Refusal } from './request-notes';
import type { RequestTime } from './request-time';
import type { SessionKnowledge } from './session-knowledge';
import { createSessionLimit } from './session-limit';
import type { TouchBuffer } from './touch-buffer';

const STATE_NUMBERS = { active: 0, inactive: 1, terminated: 2 } as const;

/** A login about to be written. */
export interface Login {
  sessionId: string;
  userId: number;
  facts: LoginFacts;
  accessToken?: string;
  refreshToken?: string;
}

/** What becomes of a request: it passes as a session, or is refused for a reason. */
export type Judgement = { sessionId: string } | { refusal: Refusal };

/** The life of sessions: begun by a login, asked at each request, ended for a reason. */
export interface Sessions {
  /**
   * Writes the session of a login; resolves once it is committed, and throws `LimitReached` when
   * the user has as many sessions as allowed.
   */
  logIn(login: Login): Promise<void>;
  /** Says whether a request with this token passes, and as which session. */
  judge(identity: TokenIdentity): Promise<Judgement>;
  /** Finds the session that an id of Strapi's own session row belongs to. */
  familyOf(rotation: string): Promise<KnownSession | null>;
  /** Keeps the newest refresh token of a session, sealed; false if the session has ended. */
  keepRefreshToken(sessionId: string, refreshToken: string): Promise<boolean>;
  /** Keeps the newest access token of a session, sealed. */
  keepAccessToken(sessionId: string, accessToken: string): Promise<void>;
  /**
   * Ends a session, if there is one; ending it again changes nothing. It is ended by whoever the
   * request comes from, unless told otherwise.
   */
  terminate(sessionId: string, reason: TerminationReason, by?: Actor): Promise<void>;
  /** Ends the sessions of the ids that have not ended. */
  terminateMany(sessionIds: readonly string[], reason: TerminationReason): Promise<void>;
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

/** What {@link createSessions} works with. */
export interface SessionsParts {
  core: Core;
  settings: () => Settings;
  store: SessionStore;
  rotations: RotationStore;
  strapiSessions: StrapiSessionStore;
  view: LocalView;
  knowledge: SessionKnowledge;
  notBefores: NotBeforeStore;
  instants: KnownInstants;
  hints: Hints;
  touches: TouchBuffer;
  afterCommit: AfterCommit;
  requestTime: RequestTime;
  announce: Announce;
}

/** Puts the core's decisions between the stores. */
export function createSessions(parts: SessionsParts): Sessions {
  const { core, settings, store, rotations, strapiSessions, view, touches } = parts;
  const { knowledge, notBefores, instants, hints, requestTime, announce } = parts;
  const { Verdict } = loadServerCore();
  const limit = createSessionLimit({
    core,
    settings,
    store,
    end: (sessionIds, reason) => end(sessionIds, reason, SYSTEM),
  });

  async function familyOf(rotation: string): Promise<KnownSession | null> {
    const familiar = view.familyOf(rotation);
    if (familiar) return await knowledge.of(familiar);
    const root = await knowledge.of(rotation);
    if (root) return root;
    const found = await rotations.find(rotation);
    if (!found) return null;
    view.putFamily(rotation, found.sessionId);
    if (!found.used) view.expectUse(rotation);
    return await knowledge.of(found.sessionId);
  }

  async function resolve(identity: TokenIdentity): Promise<KnownSession | null> {
    if (identity.kind === 'sid') return await knowledge.of(identity.id);
    if (identity.kind === 'rotation') {
      return (await familyOf(identity.id)) ?? (await adoptFamily(identity));
    }
    return (await knowledge.of(identity.id)) ?? (await adopt(identity, identity.expiresAtMs));
  }

  /** A token is adopted once: if its session is gone then, that has ended and stays so. */
  async function adopt(
    { id: sessionId, userId, issuedAtMs }: TokenIdentity,
    keepUntilMs: number | null,
  ): Promise<KnownSession | null> {
    if (settings().strict) return null;
    const ending = await notBefores.ofUser(userId);
    if (issuedAtMs !== undefined && ending.some(({ atMs }) => issuedAtMs < atMs)) return null;
    if (await rotations.find(sessionId)) return await knowledge.afresh(sessionId);
    const facts: LoginFacts = { ...loginFactsOf(undefined), method: 'adopted' };
    await store.insertIfAbsent({ ...rowOf({ sessionId, userId, facts }), keepUntilMs });
    await rotations.add(sessionId, sessionId);
    return await knowledge.afresh(sessionId);
  }

  /** Strapi deletes the rows of what has ended, so a row that stands is a login from before us. */
  async function adoptFamily(identity: TokenIdentity): Promise<KnownSession | null> {
    const own = await strapiSessions.find(identity.id);
    if (!own || Number(own.userId) !== identity.userId) return null;
    return await adopt(identity, null);
  }

  /** Gives what is stored of a token: the token sealed, or where that is not wanted its fingerprint. */
  function stored(sessionId: string, field: TokenField, token: string): string {
    return settings().storeTokens ? core.seal(sessionId, field, token) : core.fingerprint(token);
  }

  function rowOf({ sessionId, userId, facts, accessToken, refreshToken }: Login): SessionRow {
    const now = nowMs();
    return {
      sessionId,
      userId,
      state: 'active',
      reason: null,
      method: facts.method,
      loggedInAtMs: now,
      lastSeenAtMs: now,
      terminatedAtMs: null,
      keepUntilMs: null,
      ip: facts.ip,
      userAgent: facts.userAgent,
      deviceType: facts.device.type,
      browser: facts.device.browser,
      os: facts.device.os,
      accessToken: accessToken ? stored(sessionId, 'accessToken', accessToken) : null,
      refreshToken: refreshToken ? stored(sessionId, 'refreshToken', refreshToken) : null,
    };
  }

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
    await parts.afterCommit(() => {
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

  function verdictOn(session: KnownSession, now: number): number {
    return core.checkRequest(
      STATE_NUMBERS[session.state],
      session.loggedInAtMs,
      session.lastSeenAtMs,
      session.lastTouchedAtMs,
      knowledge.notBeforeOf(session.userId)?.atMs ?? 0,
      now,
    );
  }

  /** Notes it at once, for logins under way, and anew when others can see what it follows from. */
  async function noteEndOfAll(userId: number, reason: TerminationReason): Promise<void> {
    const note = (): void => {
      view.noteEndOfAll(userId, reason, monotonicMs());
      requestTime.renew();
    };
    note();
    await parts.afterCommit(note);
  }

  function touch(session: KnownSession, now: number): void {
    session.state = 'active';
    session.lastTouchedAtMs = now;
    touches.add({ sessionId: session.sessionId, lastSeenAtMs: now });
  }

  async function endAs(session: KnownSession, reason: TerminationReason): Promise<Judgement> {
    await end([session.sessionId], reason, SYSTEM);
    return { refusal: reason };
  }

  return {
    familyOf,

    async logIn(login) {
      const { sessionId, userId } = login;
      const sinceMs = requestTime.sinceMs();
      const row = rowOf(login);
      await knowledge.learn(row, () => store.insert(row));
      announce('session.created', { session: { id: sessionId, userId, method: row.method } });
      const missed = view.endOfAllSince(userId, sinceMs);
      if (missed) await end([sessionId], missed, SYSTEM);
      await limit.enforce(login);
    },

    async judge(identity) {
      let session = await resolve(identity);
      if (!session || session.userId !== identity.userId) return { refusal: 'unknown' };
      const now = nowMs();
      let verdict = verdictOn(session, now);
      if (!(verdict & (Verdict.Allow | Verdict.Terminated))) {
        // Another instance may have seen the session since; what ends for good ends by the truth.
        session = (await knowledge.afresh(session.sessionId)) ?? session;
        verdict = verdictOn(session, now);
      }
      if (verdict & Verdict.Expired) return await endAs(session, 'expired');
      if (verdict & Verdict.Idle) return await endAs(session, 'idle');
      if (verdict & Verdict.Revoked) {
        return await endAs(session, knowledge.notBeforeOf(session.userId)?.reason ?? 'admin');
      }
      if (!(verdict & Verdict.Allow)) return { refusal: session.reason ?? 'unknown' };
      if (verdict & Verdict.Reactivated) {
        const { sessionId, userId } = session;
        announce('session.reactivated', { session: { id: sessionId, userId } });
      }
      session.lastSeenAtMs = Math.max(session.lastSeenAtMs, now);
      if (verdict & Verdict.Touch) touch(session, now);
      return { sessionId: session.sessionId };
    },

    async keepRefreshToken(sessionId, refreshToken) {
      const token = stored(sessionId, 'refreshToken', refreshToken);
      return await store.saveTokens(sessionId, { refreshToken: token });
    },

    async keepAccessToken(sessionId, accessToken) {
      const token = stored(sessionId, 'accessToken', accessToken);
      await store.saveTokens(sessionId, { accessToken: token });
    },

    async terminate(sessionId, reason, by) {
      const row = await store.find(sessionId);
      if (!row) return;
      if (row.state === 'terminated') {
        // Another instance may have ended it, unheard of here.
        view.terminate(sessionId, row.reason ?? reason);
        return;
      }
      await end([sessionId], reason, by);
    },

    terminateMany: (sessionIds, reason) => end(sessionIds, reason),

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
      await parts.afterCommit(() => {
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
