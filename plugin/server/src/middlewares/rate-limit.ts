import { USER_QUOTA, type RateLimiter, type QuotaUse } from '../services/limits/rate-limiter';
import type { RequestContext } from '../strapi';
import { respondTooManyRequests } from './error-response';

/** The name of the one policy there is. */
const POLICY = 'default';

const POLICY_FIELD = `"${POLICY}";q=${USER_QUOTA.limit};w=${USER_QUOTA.windowMs / 1000}`;

/** The type that the draft gives to this problem. */
const PROBLEM = 'https://iana.org/assignments/http-problem-types#quota-exceeded';

/**
 * Limits how often a signed-in user is answered, and says in every answer how matters stand.
 *
 * The fields are those of draft-ietf-httpapi-ratelimit-headers-11, and so is the problem in the
 * details of a refusal.
 */
export function createRateLimit(quotas: () => RateLimiter) {
  return async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    // Strapi types `state` as open; it puts the user there itself, if it is one.
    const { user } = ctx.state as { user?: { id: number } };
    if (!user) {
      await next();
      return;
    }
    const use = await quotas().use(user.id);
    describe(ctx, use);
    if (use.allowed) await next();
    else {
      const details = { type: PROBLEM, 'violated-policies': [POLICY] };
      respondTooManyRequests(ctx, use.retryAfterMs, details);
    }
  };
}

/** Tells how many requests are left, and for how long there are no more: after a refusal until the next. */
function describe(
  ctx: RequestContext,
  { allowed, remaining, resetMs, retryAfterMs }: QuotaUse,
): void {
  const seconds = Math.ceil((allowed ? resetMs : retryAfterMs) / 1000);
  ctx.set('RateLimit-Policy', POLICY_FIELD);
  ctx.set('RateLimit', `"${POLICY}";r=${remaining};t=${seconds}`);
  ctx.append('Access-Control-Expose-Headers', 'RateLimit-Policy, RateLimit');
}
