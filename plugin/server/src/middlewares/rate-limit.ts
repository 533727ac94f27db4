import { USER_QUOTA, type RateLimiter, type QuotaUse } from '../services/limits/rate-limiter';
import type { RequestContext } from '../strapi';
import { respondTooManyRequests } from './error-response';

/** The name of the only policy. */
const POLICY = 'default';

const POLICY_FIELD = `"${POLICY}";q=${USER_QUOTA.limit};w=${USER_QUOTA.windowMs / 1000}`;

/** The URI of the problem type, from the draft below. */
const PROBLEM = 'https://iana.org/assignments/http-problem-types#quota-exceeded';

/** Dependencies of {@link createRateLimit}. */
export interface RateLimitParts {
  quotas: () => RateLimiter;
  /** Returns the name of a visitor whose requests are limited; `null` for others. */
  visitorOf: (ctx: RequestContext) => string | null;
}

/**
 * Creates a middleware that limits the requests of a signed-in user, and of a visitor's network.
 *
 * Every response has the header fields of draft-ietf-httpapi-ratelimit-headers-11. The details of a
 * refusal are the draft's problem type.
 */
export function createRateLimit({ quotas, visitorOf }: RateLimitParts) {
  return async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    // Strapi types `state` as open; its authentication puts a signed-in user there.
    const { user } = ctx.state as { user?: { id: number } };
    const name = user?.id ?? visitorOf(ctx);
    if (name === null) {
      await next();
      return;
    }
    const use = await quotas().use(name);
    setRateLimitFields(ctx, use);
    if (use.allowed) await next();
    else {
      const details = { type: PROBLEM, 'violated-policies': [POLICY] };
      respondTooManyRequests(ctx, use.retryAfterMs, details);
    }
  };
}

/** Sets the header fields: the remaining requests, and the seconds until more are allowed. */
function setRateLimitFields(
  ctx: RequestContext,
  { allowed, remaining, resetMs, retryAfterMs }: QuotaUse,
): void {
  const seconds = Math.ceil((allowed ? resetMs : retryAfterMs) / 1000);
  ctx.set('RateLimit-Policy', POLICY_FIELD);
  ctx.set('RateLimit', `"${POLICY}";r=${remaining};t=${seconds}`);
  ctx.append('Access-Control-Expose-Headers', 'RateLimit-Policy, RateLimit');
}
