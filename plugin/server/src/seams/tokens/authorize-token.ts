import { isForVisitors } from '../../services/requests/matched-route';
import { currentRequest } from '../../strapi';
import type { RequestState } from '../../services/requests/request-state';
import type { TokenIdentity } from '../../services/sessions/tokens/token-identity';
import type { SeamParts } from '../parts';
import type { EndedToken } from '../refuse';

/**
 * Authorizes the use of a verified token in the current request, or outside of one.
 *
 * It returns why the token is refused, else `null`.
 *
 * @param isUse Whether the token is used for what it is, which begins its session; by default it is.
 */
export type AuthorizeToken = (
  identity: TokenIdentity,
  isUse?: boolean,
) => Promise<EndedToken | null>;

export function createTokenAuthorization(parts: SeamParts): AuthorizeToken {
  const { strapi, sessions, rotation, requestStates, accountCheck, facts, pending } = parts;

  async function authorize(
    identity: TokenIdentity,
    state: RequestState | undefined,
    isUse: boolean,
  ): Promise<EndedToken | null> {
    const authorization = await sessions.authorize(identity, isUse);
    if ('refusal' in authorization) {
      return { reason: authorization.refusal, session: authorization.session };
    }
    if (identity.kind === 'rotation') {
      await rotation.recordUse(identity.id, () => facts.originOf(currentRequest(strapi)));
    }
    if (authorization.isProvisional) return null;
    const session = { sessionId: authorization.sessionId, userId: identity.userId };
    const reason = await checkAccount(session, state);
    if (reason) return { reason, session };
    // Strapi verifies the token that a request came with before anything else runs.
    if (state) state.session ??= session;
    return null;
  }

  /** While Strapi authenticates a request, it reads the user after this. */
  async function checkAccount(
    session: { sessionId: string; userId: number },
    state: RequestState | undefined,
  ): ReturnType<typeof accountCheck.checkNow> {
    if (!state?.authentication) return await accountCheck.checkWithinLease(session);
    // By then it is too late to go on without the token.
    return isForVisitors(currentRequest(strapi)) ? await accountCheck.checkNow(session) : null;
  }

  function pendingOf(identity: TokenIdentity): Promise<void> | undefined {
    return pending.get(identity.id) ?? pending.get(tokenIdOf(identity));
  }

  return async (identity, isUse = true) => {
    const pendingLogin = pending.size > 0 ? pendingOf(identity) : undefined;
    // A login of this transaction is written after it, which waits for this.
    if (pendingLogin && !strapi.db.inTransaction()) await pendingLogin;
    const state = requestStates.current();
    try {
      return await authorize(identity, state, isUse);
    } catch (error) {
      if (state) state.isUnverifiable = true;
      throw error;
    }
  };
}

/** Returns the id that is derived from a token. */
function tokenIdOf(identity: TokenIdentity): string {
  if (identity.kind === 'provider') return identity.tokenId;
  return ('tokenId' in identity ? identity.tokenId?.() : undefined) ?? identity.id;
}
