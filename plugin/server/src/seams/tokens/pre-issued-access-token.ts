import type { Strapi } from '../../strapi';
import type { AccessIssued } from './strapi-session-manager';

/**
 * Access tokens that are issued along with a refresh token, to store both in one write.
 *
 * Strapi requests the access token later in the same request.
 */
export interface PreIssuedAccessTokens {
  /** Issues the access token of a refresh token; `undefined` outside of requests, or if refused. */
  issue(refreshToken: string): Promise<string | undefined>;
  /** Returns the pre-issued access token of a refresh token once, then `null`. */
  take(refreshToken: string): AccessIssued | null;
}

/**
 * Creates the store of pre-issued access tokens.
 *
 * @param generate Strapi's own function.
 */
export function createPreIssuedAccessTokens(
  strapi: Strapi,
  generate: (refreshToken: string) => Promise<AccessIssued>,
): PreIssuedAccessTokens {
  const pairs = new WeakMap<object, { refreshToken: string; issued: AccessIssued }>();
  return {
    async issue(refreshToken) {
      const ctx = strapi.requestContext.get();
      const issued = ctx && (await generate(refreshToken));
      if (!issued || 'error' in issued) return undefined;
      pairs.set(ctx, { refreshToken, issued });
      return issued.token;
    },

    take(refreshToken) {
      const ctx = strapi.requestContext.get();
      if (!ctx) return null;
      const pair = pairs.get(ctx);
      if (pair?.refreshToken !== refreshToken) return null;
      pairs.delete(ctx);
      return pair.issued;
    },
  };
}
