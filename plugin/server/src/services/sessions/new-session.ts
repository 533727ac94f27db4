import type { Core, Settings } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { LoginFacts } from '../requests/login-facts';
import type { IssuedName } from './tokens/token-identity';

/** A login whose session is to be written. */
export interface Login {
  sessionId: string;
  userId: number;
  facts: LoginFacts;
  refreshToken?: string;
  /** How its token is found, where that does not name the session. */
  name?: IssuedName;
}

/** What a session is bound to when it begins. */
export type Binding = Pick<
  SessionRow,
  'knownRevocation' | 'passwordFingerprint' | 'userDocumentId'
>;

/** Builds the stored form of sessions and refresh tokens. */
export interface SessionFactory {
  newSession(login: Login, binding: Binding): SessionRow;
  /** Returns the stored form of a refresh token: sealed, or `null` without `storeTokens`. */
  protectRefreshToken(sessionId: string, token: string): string | null;
}

/** Creates a factory that follows the current settings. */
export function createSessionFactory(core: Core, settings: () => Settings): SessionFactory {
  function protectRefreshToken(sessionId: string, token: string): string | null {
    return settings().storeTokens ? core.seal(sessionId, 'refreshToken', token) : null;
  }

  function newSession(
    { sessionId, userId, facts, refreshToken }: Login,
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
