import type { Core, Settings } from '../../../../../shared/core';
import { nowMs } from '../../../clock';
import type { SessionRow } from '../../../stores/database/sessions/session-row';
import { isKeyExhausted } from '../../settings/core-error';
import type { LoginFacts } from '../../requests/login-facts';
import type { IssuedName } from '../tokens/token-identity';

/** A login whose session is to be written. */
export interface Login {
  sessionId: string;
  userId: number;
  facts: LoginFacts;
  /** When the last of its tokens expires; `null` if one never does. */
  expiresAtMs: number | null;
  /**
   * When its session begins: now, when its token leaves in the answer of the current request, or when
   * the token is first used.
   */
  startsAt: 'now' | 'answer' | 'first-use';
  refreshToken?: string;
  /** How its token is found, where that does not name the session. */
  name?: IssuedName;
  /** What the session is bound to; without it, to the user as the current request knows it. */
  binding?: Promise<KnownBinding>;
}

/** What a session is bound to when it begins. */
export type Binding = Pick<
  SessionRow,
  'knownRevocation' | 'passwordFingerprint' | 'userDocumentId'
>;

/** A binding, with the monotonic instant since which revocations of the user may be unknown. */
export type KnownBinding = Binding & { knownAtMs: number };

/** Builds the stored form of sessions and refresh tokens. */
export interface SessionFactory {
  newSession(login: Login, binding: Binding): SessionRow;
  /**
   * Returns the stored form of a refresh token: sealed, or `null` without `storeTokens` and under a
   * key that seals no more.
   */
  protectRefreshToken(sessionId: string, token: string): string | null;
}

/** Creates a factory that follows the current settings. */
export function createSessionFactory(core: Core, settings: () => Settings): SessionFactory {
  function protectRefreshToken(sessionId: string, token: string): string | null {
    if (!settings().storeTokens) return null;
    try {
      return core.seal(sessionId, 'refreshToken', token);
    } catch (error) {
      // Logins go on; a lost response to a refresh cannot be repeated.
      if (isKeyExhausted(error)) return null;
      throw error;
    }
  }

  function newSession(
    { sessionId, userId, facts, expiresAtMs, refreshToken }: Login,
    binding: Binding,
  ): SessionRow {
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
      terminationId: null,
      keepUntilMs: null,
      expiresAtMs,
      ...binding,
      ip: facts.ip,
      userAgent: facts.userAgent,
      deviceType: facts.device.type,
      browser: facts.device.browser,
      os: facts.device.os,
      refreshToken: refreshToken ? protectRefreshToken(sessionId, refreshToken) : null,
    };
  }

  return { newSession, protectRefreshToken };
}
