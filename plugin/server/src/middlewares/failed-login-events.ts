import type { PublishEvent } from '../services/journal/event-hub';
import { loginFactsOf } from '../services/requests/login-facts';
import { networkKeyOf } from '../services/limits/login-keys';
import { isClientError, isRefusal } from '../services/limits/login-errors';
import type { RateLimiter } from '../services/limits/rate-limiter';
import type { RequestStates } from '../services/requests/request-state';
import type { RequestContext } from '../strapi';
import { TOO_MANY_REQUESTS } from './error-response';
import { outcomeOf } from './outcome';

/** What the watch works with. */
export interface FailedLoginEventsParts {
  publish: PublishEvent;
  requestStates: RequestStates;
  /** How many of them are told of, per network: nobody is to fill the journal from outside. */
  rateLimiter: RateLimiter;
  /** Names a network without telling which it is. */
  fingerprint: (network: string) => string;
}

/** Announces each login that is refused, by Strapi's own login route or before it was tried. */
export function createFailedLoginEvents({
  publish,
  requestStates,
  rateLimiter,
  fingerprint,
}: FailedLoginEventsParts) {
  /** What cannot be counted is told of: no fault may hide a failed login, or change its answer. */
  async function mayTellOf(ip: string | null): Promise<boolean> {
    try {
      return (await rateLimiter.use(fingerprint(networkKeyOf(ip ?? '')))).allowed;
    } catch {
      return true;
    }
  }

  /** Leaves out what was typed: people type their password into the wrong field. */
  async function report(ctx: RequestContext, retryAfterMs: number | null): Promise<void> {
    const { method, ip, userAgent } = loginFactsOf(ctx);
    const isLogin = method === 'password' || method.startsWith('oauth:');
    if (retryAfterMs === null && !isLogin) return;
    if (!(await mayTellOf(ip))) return;
    const facts = { method, ip, userAgent };
    if (retryAfterMs === null) publish('login.failed', facts);
    else publish('login.limited', { ...facts, retryAfterMs });
  }

  return async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    const thrown = await outcomeOf(next);
    const retryAfterMs = requestStates.peek(ctx)?.retryAfterMs ?? null;
    const refused = thrown
      ? isRefusal(thrown.error)
      : isClientError(ctx.status) && ctx.status !== TOO_MANY_REQUESTS;
    if (refused || retryAfterMs !== null) await report(ctx, retryAfterMs);
    if (thrown) throw thrown.error;
  };
}
