import { claimedRotation } from '../services/identity';
import { loginFactsOf } from '../services/login-facts';
import type { Refusal } from '../services/request-notes';
import { LimitReached } from '../services/session-limit';
import { createTurns } from '../services/turns';
import { USERS_ORIGIN } from '../strapi';
import { once } from './jwt-service';
import type { SeamParts } from './legacy-issue';

/** A refresh token with the id of Strapi's row behind it, or why there is none. */
type Issued = { token: string; sessionId: string } | { error: string };

/** Strapi's own session manager behind every origin (Strapi 5.24 and later). */
interface InnerSessionManager {
  generateRefreshToken(
    userId: string,
    deviceId: string | undefined,
    origin: string,
    options?: object,
  ): Promise<{ token: string; sessionId: string }>;
  rotateRefreshToken(token: string, origin: string): Promise<Issued>;
  validateAccessToken(token: string, origin: string): { payload: { sessionId: string } | null };
  generateAccessToken(
    refreshToken: string,
    origin: string,
  ): Promise<{ token: string } | { error: string }>;
}

const REFUSED = { error: 'invalid_refresh_token' };

/** Makes Strapi's session manager begin, continue and end sessions of users (refresh mode). */
export function wrapRefreshTokens(parts: SeamParts): void {
  const manager = innerManagerOf(parts);
  if (!manager) return;
  const { sessions, rotation, notebook, strapi } = parts;

  once(manager, 'generateRefreshToken', (generate) => async (userId, deviceId, origin, options) => {
    const issued = await generate(userId, deviceId, origin, options);
    if (origin !== USERS_ORIGIN) return issued;
    const ctx = strapi.requestContext.get();
    const commit = sessions.logIn({
      sessionId: issued.sessionId,
      userId: Number(userId),
      facts: loginFactsOf(ctx),
      refreshToken: issued.token,
    });
    if (ctx) notebook.of(ctx).commits.push(commit);
    await commit;
    return issued;
  });

  const refuse = (reason: Refusal | null): Issued => {
    const ctx = strapi.requestContext.get();
    if (ctx && reason) notebook.of(ctx).refusal = reason;
    return REFUSED;
  };

  async function exchange(token: string, rotate: () => Promise<Issued>): Promise<Issued> {
    const claimed = claimedRotation(token);
    const session = claimed ? await sessions.familyOf(claimed) : null;
    if (!session) return await rotate();
    const { sessionId, userId } = session;
    if (session.state === 'terminated') return refuse(session.reason);
    const known = await rotation.judge(session, token);
    if (known === 'refused') return refuse((await sessions.familyOf(sessionId))?.reason ?? null);
    const issued = known === 'fresh' ? await rotate() : known;
    if ('error' in issued) return issued;
    const child = known === 'fresh' ? await rotation.follow(session, token, issued) : issued;
    if (child === 'refused') return refuse((await sessions.familyOf(sessionId))?.reason ?? null);
    const identity = { kind: 'rotation', id: child.sessionId, userId, expiresAtMs: 0 } as const;
    const judgement = await sessions.judge(identity);
    if ('refusal' in judgement) return refuse(judgement.refusal);
    return child === issued ? issued : { ...issued, ...child };
  }

  const turns = createTurns();
  once(manager, 'rotateRefreshToken', (rotate) => async (token, origin) => {
    if (origin !== USERS_ORIGIN) return await rotate(token, origin);
    // The retry of a request that is still under way waits for it, and is told the same.
    return await turns.take(token, () => exchange(token, () => rotate(token, origin)));
  });

  once(manager, 'generateAccessToken', (generate) => async (refreshToken, origin) => {
    const issued = await generate(refreshToken, origin);
    if (origin !== USERS_ORIGIN) return issued;
    const rotation = claimedRotation(refreshToken);
    const session = rotation ? await sessions.familyOf(rotation) : null;
    if (!session) return issued;
    if ('error' in issued) noteOvertaken(session.reason);
    else await sessions.keepAccessToken(session.sessionId, issued.token);
    return issued;
  });

  /** Other logins of the user at the same time may end a session before its first access token. */
  function noteOvertaken(reason: Refusal | null): void {
    const ctx = strapi.requestContext.get();
    if (!ctx || reason !== 'session_limit') return;
    const overtaken = Promise.reject(new LimitReached());
    overtaken.catch(() => undefined);
    notebook.of(ctx).commits.push(overtaken);
  }
}

/** Gives the session manager behind every origin; `null` where this Strapi has none. */
export function innerManagerOf({ strapi }: SeamParts): InnerSessionManager | null {
  // Strapi types only the manager of one origin; the one behind it is its public field.
  const { sessionManager } = strapi as unknown as {
    sessionManager?: (origin: string) => { sessionManager: InnerSessionManager };
  };
  return sessionManager?.(USERS_ORIGIN).sessionManager ?? null;
}
