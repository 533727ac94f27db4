import { currentRequest } from '../../strapi';
import type { RequestState } from '../../services/requests/request-state';
import type { TokenIdentity } from '../../services/sessions/tokens/token-identity';
import type { SeamParts } from '../parts';
import { Refused, refuse, refuseToken } from '../refuse';

/**
 * Authorizes the use of a verified token in the current request, or outside of one.
 *
 * It throws on refusal.
 */
export type AuthorizeToken = (identity: TokenIdentity) => Promise<void>;

export function createTokenAuthorization(parts: SeamParts): AuthorizeToken {
  const { strapi, sessions, rotation, requestStates, accountCheck, facts, pending } = parts;

  async function authorize(identity: TokenIdentity, state: RequestState | undefined) {
    const authorization = await sessions.authorize(identity);
    if ('refusal' in authorization) {
      const { refusal, session } = authorization;
      if (session) refuseToken(parts, state, session, refusal);
      refuse(state, refusal);
    }
    if (identity.kind === 'rotation') {
      await rotation.recordUse(identity.id, () => facts.originOf(currentRequest(strapi)));
    }
    const { sessionId } = authorization;
    // While Strapi authenticates a request, it reads the user after this.
    if (!state?.isAuthenticating) {
      const session = { sessionId, userId: identity.userId };
      const reason = await accountCheck.checkWithinLease(session);
      if (reason) refuseToken(parts, state, session, reason);
    }
    // Strapi verifies the token that a request came with before anything else runs.
    if (state) state.session ??= { sessionId, userId: identity.userId };
  }

  return async (identity) => {
    const pendingLogin = pending.get(identity.id) ?? pending.get(tokenIdOf(identity));
    // A login of this transaction is written after it, which waits for this.
    if (pendingLogin && !strapi.db.inTransaction()) await pendingLogin;
    const state = requestStates.current();
    try {
      await authorize(identity, state);
    } catch (error) {
      if (state && !(error instanceof Refused)) state.isUnverifiable = true;
      throw error;
    }
  };
}

/** Returns the id that is derived from a token. */
function tokenIdOf(identity: TokenIdentity): string {
  if (identity.kind === 'provider') return identity.tokenId;
  return ('tokenId' in identity ? identity.tokenId?.() : undefined) ?? identity.id;
}
