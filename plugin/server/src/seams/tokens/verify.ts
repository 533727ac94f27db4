import type { RefusalReason } from '../../../../shared/contracts';
import { identityOf, type TokenIdentity } from '../../services/sessions/token-identity';
import type { RequestState } from '../../services/requests/request-state';
import { USERS_ORIGIN } from '../../strapi';
import type { JwtService } from './jwt-service';
import type { SeamParts } from '../parts';
import { strapiSessionManagerOf } from './strapi-session-manager';
import { wrapOnce } from '../wrap-once';

/**
 * Makes `jwt.verify` refuse a token whose session has ended: every request of a user passes here.
 *
 * It throws on refusal; `null` would let the request through as a stranger's.
 */
export function wrapVerify(jwt: JwtService, parts: SeamParts): void {
  const { strapi, sessions, rotation, requestStates, pending } = parts;

  /** In refresh mode Strapi itself refuses a user who is gone, before the session is asked. */
  async function explain(token: string): Promise<void> {
    const ctx = strapi.requestContext.get();
    const payload = strapiSessionManagerOf(parts)?.validateAccessToken(token, USERS_ORIGIN).payload;
    if (!ctx || !payload) return;
    const session = await sessions.findByRotation(payload.sessionId);
    requestStates.open(ctx).refusal = session?.reason ?? null;
  }

  async function authorize(identity: TokenIdentity, state: RequestState | null): Promise<void> {
    const authorization = await sessions.authorize(identity);
    if ('refusal' in authorization) {
      if (state) state.refusal = authorization.refusal;
      throw new Refused(authorization.refusal);
    }
    if (identity.kind === 'rotation') await rotation.recordUse(identity.id);
    const { sessionId } = authorization;
    // Strapi verifies the token that a request came with before anything else runs.
    if (state) state.session ??= { sessionId, userId: identity.userId };
  }

  wrapOnce(jwt, 'verify', (verify) => async (token) => {
    const payload = await verify(token).catch(async (error: unknown) => {
      // The reason is an extra; what Strapi says of the token is what counts.
      await explain(token).catch(() => undefined);
      throw error;
    });
    const identity = identityOf(token, payload);
    if (!identity) return payload;
    const writing = pending.get(identity.id);
    if (writing) await writing;
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

/** Says that a session has ended; any other failure says nothing of it. */
class Refused extends Error {
  constructor(reason: RefusalReason) {
    super(`The session is terminated: ${reason}`);
  }
}
