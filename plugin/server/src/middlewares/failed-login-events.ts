import type { PublishEvent } from '../services/journal/event-hub';
import { loginFactsOf } from '../services/requests/login-facts';
import { networkKeyOf } from '../services/requests/network';
import { isClientError, isRefusal } from '../services/limits/login-errors';
import type { RateLimiter } from '../services/limits/rate-limiter';
import type { RequestStates } from '../services/requests/request-state';
import type { RequestContext } from '../strapi';
import { TOO_MANY_REQUESTS } from './error-response';
import { outcomeOf } from './outcome';

/** Dependencies of {@link createFailedLoginEvents}. */
export interface FailedLoginEventsParts {
  publish: PublishEvent;
  requestStates: RequestStates;
  /** Limits the events of one network, to keep clients from filling the journal. */
  rateLimiter: RateLimiter;
  /** Returns a fingerprint of a network. */
  fingerprint: (network: string) => string;
}

/** Creates a middleware that publishes an event for each failed and each limited login. */
export function createFailedLoginEvents({
  publish,
  requestStates,
  rateLimiter,
  fingerprint,
}: FailedLoginEventsParts) {
  /**
   * Allows the event if the limiter fails: a fault must not hide a failed login or its response.
   */
  async function mayPublish(ip: string | null): Promise<boolean> {
    try {
      return (await rateLimiter.use(fingerprint(networkKeyOf(ip ?? '')))).allowed;
    } catch {
      return true;
    }
  }

  /** Leaves out the identifier, because people type their password into the wrong field. */
  async function report(ctx: RequestContext, retryAfterMs: number | null): Promise<void> {
    const { method, ip, userAgent } = loginFactsOf(ctx);
    const isLogin = method === 'password' || method.startsWith('oauth:');
    if (retryAfterMs === null && !isLogin) return;
    if (!(await mayPublish(ip))) return;
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
