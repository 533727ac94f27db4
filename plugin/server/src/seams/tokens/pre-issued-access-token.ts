import type { Strapi } from '../../strapi';
import type { AccessIssued } from './strapi-session-manager';

/**
 * Access tokens that are issued along with a refresh token, so that both are written down at once;
 * Strapi asks for them later in the same request.
 */
export interface PreIssuedAccessTokens {
  /** Issues the access token of a refresh token; gives nothing outside of requests, or if refused. */
  issue(refreshToken: string): Promise<string | undefined>;
  /** Gives what was issued ahead for a refresh token, once. */
  take(refreshToken: string): AccessIssued | null;
}

/** Makes the way to issue ahead; `generate` is Strapi's own. */
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
