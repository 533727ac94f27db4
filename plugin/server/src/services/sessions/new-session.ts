import type { Core, Settings, TokenField } from '../../../../shared/core';
import { nowMs } from '../../clock';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { LoginFacts } from '../requests/login-facts';

const TOKEN_FIELDS: readonly TokenField[] = ['accessToken', 'refreshToken'];

/** What a client holds of a session. */
export type Tokens = Partial<Record<TokenField, string>>;

/** A login about to be written. */
export interface Login extends Tokens {
  sessionId: string;
  userId: number;
  facts: LoginFacts;
}

/** Makes of a login, and of its tokens, what is to be written down of them. */
export interface NewSessionRow {
  of(login: Login): SessionRow;
  /** Gives what is kept of tokens: sealed, or where that is not wanted their fingerprints. */
  kept(sessionId: string, tokens: Tokens): Tokens;
}

/** Makes rows under the settings in force. */
export function createNewSessionRow(core: Core, settings: () => Settings): NewSessionRow {
  function keptOf(sessionId: string, field: TokenField, token: string): string {
    return settings().storeTokens ? core.seal(sessionId, field, token) : core.fingerprint(token);
  }

  function kept(sessionId: string, tokens: Tokens): Tokens {
    const given = TOKEN_FIELDS.flatMap((field) => {
      const token = tokens[field];
      return token ? [[field, keptOf(sessionId, field, token)]] : [];
    });
    return Object.fromEntries(given) as Tokens;
  }

  function of({ sessionId, userId, facts, ...tokens }: Login): SessionRow {
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
      ...kept(sessionId, tokens),
    };
  }

  return { of, kept };
}
