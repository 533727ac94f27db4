import {
  STATE_NUMBERS,
  type RefusalReason,
  type TerminationReason,
} from '../../../../shared/contracts';
import type { Core, Settings } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { KnownSession, LocalView } from '../../stores/memory/session-cache';
import type { NotBefore } from '../../stores/database/not-before-store';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import { SYSTEM } from '../requests/actor';
import { loadServerCore } from '../settings/load-core';
import type { Endings } from './terminations';
import type { Announce } from '../journal/event-hub';
import type { TokenIdentity } from './token-identity';
import type { Login, NewSessionRow, Tokens } from './new-session';
import type { RequestTime } from '../requests/request-time';
import type { SessionKnowledge } from './session-lookup';
import { createSessionLimit } from './session-limit';
import type { SessionOfToken } from './session-resolver';
import type { TouchBuffer } from './last-seen-buffer';

/** What becomes of a request: it passes as a session, or is refused for a reason. */
export type Judgement = { sessionId: string } | { refusal: RefusalReason };

/** The life of sessions: begun by a login, asked at each request, ended for a reason. */
export interface Sessions extends Endings, Pick<SessionOfToken, 'familyOf' | 'adoptFamily'> {
  /**
   * Writes the session of a login; resolves once it is committed, and throws `LimitReached` when
   * the user has as many sessions as allowed.
   */
  logIn(login: Login): Promise<void>;
  /**
   * Does the first half of that, for a caller who commits more along with it: writes the session, and
   * gives the second half, which is to be done once all is committed and throws likewise.
   */
  record(login: Login): Promise<() => Promise<void>>;
  /** Says whether a request with this token passes, and as which session. */
  judge(identity: TokenIdentity): Promise<Judgement>;
  /** Keeps the newest tokens of a session; false if the session has ended. */
  keepTokens(sessionId: string, tokens: Tokens): Promise<boolean>;
}

/** What {@link createSessions} works with. */
export interface SessionsParts {
  core: Core;
  settings: () => Settings;
  store: SessionStore;
  view: LocalView;
  knowledge: SessionKnowledge;
  newRow: NewSessionRow;
  sessionOfToken: SessionOfToken;
  endings: Endings;
  touches: TouchBuffer;
  requestTime: RequestTime;
  announce: Announce;
}

/** Puts the core's decisions between the stores. */
export function createSessions(parts: SessionsParts): Sessions {
  const { core, settings, store, view, knowledge, newRow, sessionOfToken, endings } = parts;
  const { touches, requestTime, announce } = parts;
  const { Verdict } = loadServerCore();
  const end = (sessionIds: readonly string[], reason: TerminationReason): Promise<void> =>
    endings.terminateMany(sessionIds, reason, SYSTEM);
  const limit = createSessionLimit({ core, settings, store, end });

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

  function touch(session: KnownSession, now: number): void {
    session.state = 'active';
    session.lastTouchedAtMs = now;
    touches.add({ sessionId: session.sessionId, lastSeenAtMs: now });
  }

  async function endAs(session: KnownSession, reason: TerminationReason): Promise<Judgement> {
    await end([session.sessionId], reason);
    return { refusal: reason };
  }

  async function record(login: Login): Promise<() => Promise<void>> {
    const { sessionId, userId, facts } = login;
    const sinceMs = requestTime.sinceMs();
    const row = newRow.of(login);
    await knowledge.learn(row, () => store.insert(row));
    return async () => {
      announce('session.created', { session: { id: sessionId, userId, method: facts.method } });
      const missed = view.endOfAllSince(userId, sinceMs);
      if (missed) await end([sessionId], missed);
      await limit.enforce(login);
    };
  }

  return {
    ...endings,
    familyOf: (rotation) => sessionOfToken.familyOf(rotation),
    adoptFamily: (rotation, userId) => sessionOfToken.adoptFamily(rotation, userId),
    record,

    async logIn(login) {
      const admit = await record(login);
      await admit();
    },

    async judge(identity) {
      let session = await sessionOfToken.of(identity);
      if (!session || session.userId !== identity.userId) return { refusal: 'unknown' };
      const now = nowMs();
      let verdict = verdictOn(session, now);
      if (!(verdict & (Verdict.Allow | Verdict.Terminated))) {
        // Another instance may have seen the session since; what ends for good ends by the truth.
        session = (await knowledge.afresh(session.sessionId)) ?? session;
        verdict = verdictOn(session, now);
      }
      const notBefore = knowledge.notBeforeOf(session.userId);
      if (verdict & Verdict.Expired) return await endAs(session, 'expired');
      if (verdict & Verdict.Idle) return await endAs(session, 'idle');
      const isTooOld = Boolean(verdict & Verdict.Allow) && isOlder(identity, notBefore);
      if (isTooOld || verdict & Verdict.Revoked) {
        return await endAs(session, notBefore?.reason ?? 'admin');
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

    keepTokens: (sessionId, tokens) => store.saveTokens(sessionId, newRow.kept(sessionId, tokens)),
  };
}

/** Says whether a token from before the plugin is older than an instant; its session is younger. */
function isOlder({ issuedAtMs }: TokenIdentity, notBefore: NotBefore | null): boolean {
  return issuedAtMs !== undefined && notBefore !== null && issuedAtMs < notBefore.atMs;
}
