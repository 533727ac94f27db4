import type { VerifiedSession } from '../../../../shared/contracts';
import type { Sessions } from '../sessions/sessions';
import type { TokenReader } from '../sessions/tokens/token-reader';

/** Checks the tokens and sessions of connections that are no HTTP requests. */
export interface TokenCheck {
  /** Returns the session of an access token; rejects where a request with it would be refused. */
  verify(token: string): Promise<VerifiedSession>;
  /** Tells whether a session is still active. */
  isActive(sessionId: string): Promise<boolean>;
}

/**
 * Creates the check.
 *
 * @param verifyToken Verifies a token as requests do, and returns its claims.
 */
export function createTokenCheck(
  sessions: Sessions,
  tokens: TokenReader,
  verifyToken: (token: string) => unknown,
): TokenCheck {
  return {
    async verify(token) {
      const identity = tokens.identify(token, await verifyToken(token));
      const authorization = identity ? await sessions.authorize(identity) : null;
      if (!identity || !authorization || 'refusal' in authorization) {
        throw new Error('the token belongs to no active session');
      }
      return { sessionId: authorization.sessionId, userId: identity.userId };
    },

    isActive: (sessionId) => sessions.isActive(sessionId),
  };
}
