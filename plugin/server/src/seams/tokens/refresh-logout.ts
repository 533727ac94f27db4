import { userIdOf } from '../../services/requests/user-id';
import { claimedRotation, tokenHashOf } from '../../services/sessions/tokens/token-reader';
import { pluginActionOf } from '../../services/requests/matched-route';
import { refreshTokenInCookie } from '../../services/requests/refresh-cookie';
import type { CachedSession } from '../../services/sessions/sessions';
import { USERS_ORIGIN, type RequestContext } from '../../strapi';
import { inRefreshMode } from './jwt-service';
import type { SeamParts } from '../parts';
import { isSigned, strapiSessionManagerOf } from './strapi-session-manager';

const LOGOUT = 'my-session.logout';

/** Ends a session by its refresh token, where the access token is over. */
export interface RefreshLogout {
  /** Returns the refresh tokens of a request to log out; none of any other request. */
  tokensOf(ctx: RequestContext): string[];
  /**
   * Terminates the sessions of refresh tokens.
   *
   * It does not tell whether there were any, so that nobody can try tokens.
   */
  logOut(ctx: RequestContext, tokens: readonly string[]): Promise<void>;
}

/**
 * Creates the logout.
 *
 * A token that was exchanged before is classified as at a refresh. Within the retry window it is its
 * user's, and ends the session; after that it may be stolen, and `onRefreshReuse` decides.
 */
export function createRefreshLogout(parts: SeamParts): RefreshLogout {
  const { strapi, sessions, provisionals, rotation, facts } = parts;

  /** Finds the session of a signed token, also of one that has not begun, or is older than the plugin. */
  async function sessionOf(token: string): Promise<CachedSession | null> {
    const manager = strapiSessionManagerOf(parts);
    const claimed = claimedRotation(token);
    // A forged token costs no statement.
    if (!manager || !claimed || !(await isSigned(manager, token))) return null;
    const known = await sessions.findByRotation(claimed);
    if (known) return known;
    const { isValid, userId } = await manager.validateRefreshToken(token, USERS_ORIGIN);
    const user = userIdOf(userId);
    if (!isValid || user === null) return null;
    const hash = (): string => tokenHashOf(token);
    return (
      (await provisionals.find(claimed, user)) ??
      (await sessions.adoptRotation(claimed, user, hash))
    );
  }

  async function logOutBy(ctx: RequestContext, token: string): Promise<void> {
    const session = await sessionOf(token);
    if (!session || session.state === 'terminated') return;
    const presented = { session, token, origin: facts.originOf(ctx) };
    if (!(await rotation.speaksForSession(presented))) return;
    const by = { type: 'user', id: session.userId } as const;
    await sessions.terminateMany([session.sessionId], 'logout', by);
  }

  return {
    tokensOf(ctx) {
      if (pluginActionOf(ctx) !== LOGOUT || !inRefreshMode(strapi)) return [];
      const { refreshToken } = (ctx.request.body ?? {}) as { refreshToken?: unknown };
      const tokens = new Set<string>();
      for (const token of [refreshTokenInCookie(strapi, ctx), refreshToken]) {
        if (typeof token === 'string' && token !== '') tokens.add(token);
      }
      return [...tokens];
    },

    async logOut(ctx, tokens) {
      for (const token of tokens) await logOutBy(ctx, token);
    },
  };
}
