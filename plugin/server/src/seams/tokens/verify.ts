import { identityOf, type TokenIdentity } from '../../services/sessions/token-identity';
import type { RequestState } from '../../services/requests/request-state';
import { USERS_ORIGIN } from '../../strapi';
import { jwtServiceOf } from './jwt-service';
import type { SeamParts } from '../parts';
import { Refused, refuse, refuseToken } from '../refuse';
import { strapiSessionManagerOf } from './strapi-session-manager';
import { SEAMS } from '../proofs/names';
import { wrapFunction } from '../proofs/wrapped-functions';

/**
 * Wraps `jwt.verify` to refuse tokens of terminated sessions; every request of a user passes here.
 *
 * It throws on refusal, because `null` would let the request through as anonymous.
 */
export function wrapVerify(parts: SeamParts): void {
  const { strapi, sessions, rotation, requestStates, accountCheck, refusedTokens, facts } = parts;
  const { pending } = parts;

  /**
   * Records the reason where Strapi itself refuses a deleted user before the session is checked.
   */
  async function recordReason(token: string): Promise<void> {
    const ctx = strapi.requestContext.get();
    const payload = strapiSessionManagerOf(parts)?.validateAccessToken(token, USERS_ORIGIN).payload;
    if (!ctx || !payload) return;
    const session = await sessions.findByRotation(payload.sessionId);
    if (!session?.reason) return;
    requestStates.open(ctx).refusal = session.reason;
    refusedTokens.record(session, session.reason);
  }

  async function authorize(identity: TokenIdentity, state: RequestState | null): Promise<void> {
    const authorization = await sessions.authorize(identity);
    if ('refusal' in authorization) {
      const { refusal, session } = authorization;
      if (session) refuseToken(parts, state, session, refusal);
      refuse(state, refusal);
    }
    if (identity.kind === 'rotation') {
      await rotation.recordUse(identity.id, () => facts.originOf(strapi.requestContext.get()));
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

  const seam = { name: SEAMS.verify, owner: () => jwtServiceOf(strapi), method: 'verify' } as const;
  wrapFunction(strapi, seam, (verify) => async (token) => {
    const payload = await verify(token).catch(async (error: unknown) => {
      // The reason is optional; Strapi's error decides.
      await recordReason(token).catch(() => undefined);
      throw error;
    });
    const identity = identityOf(token, payload);
    if (!identity) return payload;
    const pendingLogin = pending.get(identity.id);
    // A login of this transaction is written after it, which waits for this.
    if (pendingLogin && !strapi.db.inTransaction()) await pendingLogin;
    const ctx = strapi.requestContext.get();
    const state = ctx ? requestStates.open(ctx) : null;
    try {
      await authorize(identity, state);
    } catch (error) {
      if (state && !(error instanceof Refused)) state.isUnverifiable = true;
      throw error;
    }
    return payload;
  });
}
