import { originOf } from '../../services/requests/login-facts';
import { identityOf, type TokenIdentity } from '../../services/sessions/token-identity';
import type { RequestState } from '../../services/requests/request-state';
import { USERS_ORIGIN } from '../../strapi';
import type { JwtService } from './jwt-service';
import type { SeamParts } from '../parts';
import { Refused, refuse } from '../refuse';
import { strapiSessionManagerOf } from './strapi-session-manager';
import { wrapOnce } from '../wrap-once';

/**
 * Wraps `jwt.verify` to refuse tokens of terminated sessions; every request of a user passes here.
 *
 * It throws on refusal, because `null` would let the request through as anonymous.
 */
export function wrapVerify(jwt: JwtService, parts: SeamParts): void {
  const { strapi, sessions, rotation, requestStates, accountCheck, pending } = parts;

  /**
   * Records the reason where Strapi itself refuses a deleted user before the session is checked.
   */
  async function recordReason(token: string): Promise<void> {
    const ctx = strapi.requestContext.get();
    const payload = strapiSessionManagerOf(parts)?.validateAccessToken(token, USERS_ORIGIN).payload;
    if (!ctx || !payload) return;
    const session = await sessions.findByRotation(payload.sessionId);
    requestStates.open(ctx).refusal = session?.reason ?? null;
  }

  async function authorize(identity: TokenIdentity, state: RequestState | null): Promise<void> {
    const authorization = await sessions.authorize(identity);
    if ('refusal' in authorization) refuse(state, authorization.refusal);
    if (identity.kind === 'rotation') {
      await rotation.recordUse(identity.id, () => originOf(strapi.requestContext.get()));
    }
    const { sessionId } = authorization;
    // While Strapi authenticates a request, it reads the user after this.
    if (!state?.isAuthenticating) {
      const reason = await accountCheck.checkWithinLease({ sessionId, userId: identity.userId });
      if (reason) refuse(state, reason);
    }
    // Strapi verifies the token that a request came with before anything else runs.
    if (state) state.session ??= { sessionId, userId: identity.userId };
  }

  wrapOnce(jwt, 'verify', (verify) => async (token) => {
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
