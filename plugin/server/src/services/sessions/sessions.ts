import {
  STATE_NUMBERS,
  type RefusalReason,
  type TerminationReason,
} from '../../../../shared/contracts';
import type { Core, Settings } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { CachedSession } from '../../stores/memory/session-cache';
import type { Instant } from '../../stores/database/not-before-store';
import type { Revocation } from '../../stores/memory/not-before-cache';
import type { RotationStore } from '../../stores/database/rotation-store';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import { SYSTEM } from '../requests/actor';
import { loadServerCore } from '../settings/load-core';
import type { Terminations } from './terminations';
import type { PublishEvent } from '../journal/event-hub';
import type { TokenIdentity } from './tokens/token-identity';
import type { Login, SessionFactory } from './new-session';
import type { LoginBinding } from './login-binding';
import type { SessionLookup } from './session-lookup';
import { createSessionLimit, SessionLimitReached } from './session-limit';
import type { SessionResolver } from './session-resolver';
import type { LastSeenBuffer } from './last-seen-buffer';

export type { CachedSession } from '../../stores/memory/session-cache';

/**
 * The decision on a request: it belongs to a session, or is refused for a reason. `session` is the
 * terminated session of its token; `null` if that is unknown.
 */
export type Authorization =
  { sessionId: string } | { refusal: RefusalReason; session: CachedSession | null };

/** A login whose session is written. */
export interface RecordedLogin {
  /**
   * Announces the login and enforces the session limit.
   *
   * @throws SessionLimitReached when the user has as many sessions as allowed.
   */
  finish(): Promise<void>;
}

/** Sessions from login to termination. */
export interface Sessions
  extends Terminations, Pick<SessionResolver, 'findByRotation' | 'adoptRotation'> {
  /**
   * Writes the session of a login; resolves once it is committed.
   *
   * @throws SessionLimitReached when the user has as many sessions as allowed.
   */
  logIn(login: Login): Promise<void>;
  /**
   * Writes the session of a login, for a caller who commits more along with it. The caller calls
   * `finish` once everything is committed.
   */
  record(login: Login): Promise<RecordedLogin>;
  /** Announces a session that a token of an identity provider began, and enforces the limit. */
  begun(login: Login): Promise<void>;
  /** Authorizes a request by the identity of its token, and records that its session was seen. */
  authorize(identity: TokenIdentity): Promise<Authorization>;
  /** Tells whether a request of a session would be authorized; nobody is seen by that. */
  isActive(sessionId: string): Promise<boolean>;
  /** Stores the newest refresh token of a session; returns false if the session is terminated. */
  keepRefreshToken(sessionId: string, token: string): Promise<boolean>;
}

/** Dependencies of {@link createSessions}. */
export interface SessionsParts {
  core: Core;
  settings: () => Settings;
  store: SessionStore;
  rotations: RotationStore;
  lookup: SessionLookup;
  sessionFactory: SessionFactory;
  resolver: SessionResolver;
  terminations: Terminations;
  lastSeenBuffer: LastSeenBuffer;
  binding: LoginBinding;
  publish: PublishEvent;
  /** Makes the place of a login known to its user; it never rejects. */
  loggedIn: (userId: number, method: string) => Promise<void>;
}

/** Creates the sessions; the core decides, the stores read and write. */
export function createSessions(parts: SessionsParts): Sessions {
  const { core, settings, store, rotations, lookup, sessionFactory, resolver, terminations } =
    parts;
  const { lastSeenBuffer, binding, publish, loggedIn } = parts;
  const { Verdict, isRevoked } = loadServerCore();
  const terminate = (sessionIds: readonly string[], reason: TerminationReason): Promise<void> =>
    terminations.terminateMany(sessionIds, reason, SYSTEM);
  const limit = createSessionLimit({ core, settings, store, terminate });

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

  /** Returns the newest revocation of a session's user if the session's login missed it. */
  function missedRevocation({
    userId,
    knownRevocation,
  }: Pick<CachedSession, 'userId' | 'knownRevocation'>): Revocation | null {
    const revocation = lookup.revocationOf(userId);
    return revocation && isRevoked(revocation.number, knownRevocation) ? revocation : null;
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

  async function authorize(identity: TokenIdentity, isRequest: boolean): Promise<Authorization> {
    let session = await resolver.resolve(identity);
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
    if (isRequest) recordRequest(session, verdict, now);
    return { sessionId: session.sessionId };
  }

  function recordRequest(session: CachedSession, verdict: number, now: number): void {
    if (verdict & Verdict.Reactivated) {
      const { sessionId, userId } = session;
      publish('session.reactivated', { session: { id: sessionId, userId } });
    }
    session.lastSeenAtMs = Math.max(session.lastSeenAtMs, now);
    if (verdict & Verdict.Touch) recordSeen(session, now);
  }

  function publishCreated({ sessionId, userId, facts }: Login): void {
    publish('session.created', { session: { id: sessionId, userId, method: facts.method } });
  }

  async function record(login: Login): Promise<RecordedLogin> {
    const { sessionId, userId, facts, name } = login;
    const { knownAtMs, ...bound } = await binding.of(userId);
    const row = sessionFactory.newSession(login, bound);
    await lookup.insert(row, knownAtMs, () => store.insert(row));
    if (name) await rotations.add(name.id, sessionId, name.keepUntilMs);
    return {
      async finish() {
        publishCreated(login);
        const missed = missedRevocation({ userId, knownRevocation: row.knownRevocation ?? 0 });
        if (missed) await terminate([sessionId], missed.reason);
        await limit.enforce(login);
        await loggedIn(userId, facts.method);
      },
    };
  }

  return {
    ...terminations,
    findByRotation: (rotation) => resolver.findByRotation(rotation),
    adoptRotation: (rotation, userId, token) => resolver.adoptRotation(rotation, userId, token),
    record,

    async begun(login) {
      publishCreated(login);
      await limit.enforce(login).catch((error: unknown) => {
        // The limit has terminated the session, which its request finds.
        if (!(error instanceof SessionLimitReached)) throw error;
      });
    },

    async logIn(login) {
      const recorded = await record(login);
      await recorded.finish();
    },

    authorize: (identity) => authorize(identity, true),

    async isActive(sessionId) {
      const session = await lookup.find(sessionId);
      if (!session) return false;
      const identity = {
        kind: 'claim',
        id: sessionId,
        userId: session.userId,
        expiresAtMs: 0,
      } as const;
      return 'sessionId' in (await authorize(identity, false));
    },

    keepRefreshToken: (sessionId, token) =>
      store.saveRefreshToken(sessionId, sessionFactory.protectRefreshToken(sessionId, token)),
  };
}

/**
 * Tells whether a token issued before the plugin was installed is older than a not-before instant.
 */
function isOlder(identity: TokenIdentity, notBefore: Instant | null): boolean {
  const issuedAtMs = 'issuedAtMs' in identity ? identity.issuedAtMs : undefined;
  return issuedAtMs !== undefined && notBefore !== null && issuedAtMs < notBefore.atMs;
}
