import type { IssuedRefreshToken } from '../../services/sessions/refresh-rotation';
import { USERS_ORIGIN } from '../../strapi';
import type { SeamParts } from '../parts';

/** Strapi's result for a refresh token. */
export type AccessIssued = { token: string } | { error: string };

/** A refresh token with its session id in Strapi's table, or an error code. */
export type Issued = IssuedRefreshToken | { error: string };

/** Strapi's own session manager of all origins (Strapi 5.24 and later). */
export interface StrapiSessionManager {
  generateRefreshToken(
    userId: string,
    deviceId: string | undefined,
    origin: string,
    options?: object,
  ): Promise<IssuedRefreshToken>;
  rotateRefreshToken(token: string, origin: string): Promise<Issued>;
  /** Reads and writes Strapi's session table. */
  provider: { findBySessionId(sessionId: string): Promise<unknown> };
  validateRefreshToken(
    token: string,
    origin: string,
  ): Promise<{ isValid: boolean; userId?: string }>;
  validateAccessToken(token: string, origin: string): { payload: { sessionId: string } | null };
  generateAccessToken(refreshToken: string, origin: string): Promise<AccessIssued>;
}

/** Returns the session manager of all origins; `null` where this Strapi has none. */
export function strapiSessionManagerOf({ strapi }: SeamParts): StrapiSessionManager | null {
  // Strapi types only the manager of one origin; its public field holds that of all origins.
  const { sessionManager } = strapi as unknown as {
    sessionManager?: (origin: string) => { sessionManager: StrapiSessionManager };
  };
  return sessionManager?.(USERS_ORIGIN).sessionManager ?? null;
}

/**
 * Tells whether a refresh token is signed and not expired, without asking the database.
 *
 * Strapi verifies the signature before it looks for the session. It gets a table here that is empty
 * and tells that it was asked.
 */
export async function isSigned(manager: StrapiSessionManager, token: string): Promise<boolean> {
  let wasAsked = false;
  const provider: StrapiSessionManager['provider'] = {
    findBySessionId() {
      wasAsked = true;
      return Promise.resolve(null);
    },
  };
  const trial = Object.create(manager, { provider: { value: provider } }) as StrapiSessionManager;
  await manager.validateRefreshToken.call(trial, token, USERS_ORIGIN);
  return wasAsked;
}
