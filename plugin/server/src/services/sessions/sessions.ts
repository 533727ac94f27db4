import {
  STATE_NUMBERS,
  type RefusalReason,
  type TerminationReason,
} from '../../../../shared/contracts';
import type { Core } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { CachedSession } from '../../stores/memory/session-cache';
import type { Instant } from '../../stores/database/not-before-store';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import { SYSTEM } from '../requests/actor';
import { loadServerCore } from '../settings/load-core';
import type { Terminations } from './terminations';
import type { PublishEvent } from '../journal/event-hub';
import { refreshExpiryOf, type ExpiringRefreshToken } from './session-expiry';
import type { TokenIdentity } from './tokens/token-identity';
import type { Login, SessionFactory } from './logins/new-session';
import type { LoginRecorder, RecordedLogin } from './logins/login-recorder';
import type { MissedRevocation } from './missed-revocation';
import type { SessionLookup } from './session-lookup';
import type { SessionResolver } from './session-resolver';
import type { LastSeenBuffer } from './last-seen-buffer';

export type { CachedSession } from '../../stores/memory/session-cache';

/**
 * The decision on a request: it belongs to a session, or is refused for a reason. `session` is the
 * terminated session of its token; `null` if that is unknown. A provisional one has not begun.
 */
export type Authorization =
  | { sessionId: string; isProvisional: boolean }
  | { refusal: RefusalReason; session: CachedSession | null };

/** Sessions from login to termination. */
export interface Sessions
  extends Terminations, Pick<SessionResolver, 'findByRotation' | 'adoptRotation'> {
  /** Writes the row of a login; the caller begins its session once everything is committed. */
  record(login: Login): Promise<RecordedLogin>;
  /**
   * Authorizes a request by the identity of its token, and records that its session was seen.
   *
   * @param isUse Whether the token is used for what it is; another one begins no session.
   */
  authorize(identity: TokenIdentity, isUse?: boolean): Promise<Authorization>;
  /** Tells whether a request of a session would be authorized; nobody is seen by that. */
  isActive(sessionId: string): Promise<boolean>;
  /** Stores the newest refresh token of a session; returns false if the session is terminated. */
  keepRefreshToken(sessionId: string, token: ExpiringRefreshToken): Promise<boolean>;
}

/** Dependencies of {@link createSessions}. */
export interface SessionsParts {
  core: Core;
  store: SessionStore;
  lookup: SessionLookup;
  sessionFactory: SessionFactory;
  resolver: SessionResolver;
  terminations: Terminations;
  lastSeenBuffer: LastSeenBuffer;
  recorder: LoginRecorder;
  missedRevocation: MissedRevocation;
  publish: PublishEvent;
}

/** Creates the sessions; the core decides, the stores read and write. */
export function createSessions(parts: SessionsParts): Sessions {
  const { core, store, lookup, sessionFactory, resolver, terminations } = parts;
  const { lastSeenBuffer, publish, recorder, missedRevocation } = parts;
  const { Verdict, RevokedBy, revokedBy } = loadServerCore();
  const terminate = (sessionIds: readonly string[], reason: TerminationReason): Promise<void> =>
    terminations.terminateMany(sessionIds, reason, SYSTEM);

  function verdictOn(session: CachedSession, now: number): number {
    return core.checkRequest(
      STATE_NUMBERS[session.state],
      session.loggedInAtMs,
      session.lastSeenAtMs,
      session.lastTouchedAtMs,
      lookup.instantOf(session.userId)?.atMs ?? 0,
      now,
    );
  }

  /** Tells whether a token issued before the plugin was installed is older than an instant. */
  function isOlder(identity: TokenIdentity, notBefore: Instant | null): boolean {
    const issuedAtMs = 'issuedAtMs' in identity ? identity.issuedAtMs : undefined;
    if (issuedAtMs === undefined || !notBefore) return false;
    return revokedBy(notBefore.atMs, 0, issuedAtMs, 0) === RevokedBy.Instant;
  }

  function recordSeen(session: CachedSession, now: number): void {
    session.state = 'active';
    session.lastTouchedAtMs = now;
    lastSeenBuffer.add({ sessionId: session.sessionId, lastSeenAtMs: now });
  }

  async function terminateAs(
    session: CachedSession,
    reason: TerminationReason,
  ): Promise<Authorization> {
    await terminate([session.sessionId], reason);
    return { refusal: reason, session };
  }

  async function authorize(
    identity: TokenIdentity,
    { isRequest, isUse }: { isRequest: boolean; isUse: boolean },
  ): Promise<Authorization> {
    let session = await resolver.resolve(identity, isUse);
    if (!session || session.userId !== identity.userId)
      return { refusal: 'unknown', session: null };
    const now = nowMs();
    let verdict = verdictOn(session, now);
    if (!(verdict & (Verdict.Allow | Verdict.Terminated)) || missedRevocation(session)) {
      // Another instance may have seen the session since; only the database can justify a
      // termination.
      session = (await lookup.refetch(session.sessionId)) ?? session;
      verdict = verdictOn(session, now);
    }
    const missed = verdict & Verdict.Terminated ? null : missedRevocation(session);
    if (missed) return await terminateAs(session, missed.reason);
    const notBefore = lookup.instantOf(session.userId);
    if (verdict & Verdict.Expired) return await terminateAs(session, 'expired');
    if (verdict & Verdict.Idle) return await terminateAs(session, 'idle');
    const isTooOld = Boolean(verdict & Verdict.Allow) && isOlder(identity, notBefore);
    if (isTooOld || verdict & Verdict.Revoked) {
      return await terminateAs(session, notBefore?.reason ?? 'admin');
    }
    if (!(verdict & Verdict.Allow)) return { refusal: session.reason ?? 'unknown', session };
    if (isRequest && !session.isProvisional) recordRequest(session, verdict, now);
    return { sessionId: session.sessionId, isProvisional: session.isProvisional === true };
  }

  function recordRequest(session: CachedSession, verdict: number, now: number): void {
    if (verdict & Verdict.Reactivated) {
      const { sessionId, userId } = session;
      publish('session.reactivated', { session: { id: sessionId, userId } });
    }
    session.lastSeenAtMs = Math.max(session.lastSeenAtMs, now);
    if (verdict & Verdict.Touch) recordSeen(session, now);
  }

  return {
    ...terminations,
    findByRotation: (rotation) => resolver.findByRotation(rotation),
    adoptRotation: (rotation, userId, hash) => resolver.adoptRotation(rotation, userId, hash),
    record: (login) => recorder.record(login),

    authorize: (identity, isUse = true) => authorize(identity, { isRequest: true, isUse }),

    async isActive(sessionId) {
      const session = await lookup.find(sessionId);
      if (!session) return false;
      const identity = {
        kind: 'claim',
        id: sessionId,
        userId: session.userId,
        expiresAtMs: 0,
      } as const;
      return 'sessionId' in (await authorize(identity, { isRequest: false, isUse: false }));
    },

    keepRefreshToken: (sessionId, token) =>
      store.saveRefreshToken(
        sessionId,
        sessionFactory.protectRefreshToken(sessionId, token.token),
        refreshExpiryOf(token),
      ),
  };
}
