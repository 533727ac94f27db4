import type { Core, Settings, TokenField } from '../../../../shared/core';
import { nowMs } from '../../clock';
import { TOKEN_FIELDS, type SessionRow } from '../../stores/database/sessions/session-row';
import type { LoginFacts } from '../requests/login-facts';

/** The tokens of a session. */
export type Tokens = Partial<Record<TokenField, string>>;

/** A login whose session is to be written. */
export interface Login extends Tokens {
  sessionId: string;
  userId: number;
  facts: LoginFacts;
}

/** What a session is bound to when it begins. */
export type Binding = Pick<SessionRow, 'knownRevocation' | 'passwordFingerprint'>;

/** Builds the stored form of sessions and tokens. */
export interface SessionFactory {
  newSession(login: Login, binding: Binding): SessionRow;
  /** Returns the stored form of tokens: sealed, or their fingerprints without `storeTokens`. */
  protectTokens(sessionId: string, tokens: Tokens): Tokens;
}

/** Creates a factory that follows the current settings. */
export function createSessionFactory(core: Core, settings: () => Settings): SessionFactory {
  function protect(sessionId: string, field: TokenField, token: string): string {
    return settings().storeTokens ? core.seal(sessionId, field, token) : core.fingerprint(token);
  }

  function protectTokens(sessionId: string, tokens: Tokens): Tokens {
    const given = TOKEN_FIELDS.flatMap((field) => {
      const token = tokens[field];
      return token ? [[field, protect(sessionId, field, token)]] : [];
    });
    return Object.fromEntries(given) as Tokens;
  }

  function newSession(
    { sessionId, userId, facts, ...tokens }: Login,
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
      accessToken: null,
      refreshToken: null,
      ...protectTokens(sessionId, tokens),
    };
  }

  return { newSession, protectTokens };
}
