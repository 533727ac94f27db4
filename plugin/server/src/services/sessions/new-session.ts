import type { Core, Settings, TokenField } from '../../../../shared/core';
import { nowMs } from '../../clock';
import { TOKEN_FIELDS, type SessionRow } from '../../stores/database/sessions/session-row';
import type { LoginFacts } from '../requests/login-facts';

/** What a client holds of a session. */
export type Tokens = Partial<Record<TokenField, string>>;

/** A login about to be written. */
export interface Login extends Tokens {
  sessionId: string;
  userId: number;
  facts: LoginFacts;
}

/** Makes of a login, and of its tokens, what is to be written down of them. */
export interface SessionFactory {
  newSession(login: Login): SessionRow;
  /** Gives what is kept of tokens: sealed, or where that is not wanted their fingerprints. */
  protectTokens(sessionId: string, tokens: Tokens): Tokens;
}

/** Makes rows under the settings in force. */
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

  function newSession({ sessionId, userId, facts, ...tokens }: Login): SessionRow {
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
      accessToken: null,
      refreshToken: null,
      ...protectTokens(sessionId, tokens),
    };
  }

  return { newSession, protectTokens };
}
