import { isClientError, isRefusal } from '../services/limits/login-errors';
import type { LoginEvents } from '../services/login-protection/login-events';
import type { RequestFacts } from '../services/requests/login-facts';
import type { RequestContext } from '../strapi';
import { TOO_MANY_REQUESTS } from './error-response';
import { outcomeOf } from './outcome';

/** Creates a middleware that tells of each failed login by a provider such as Google. */
export function createFailedLoginEvents(
  events: Pick<LoginEvents, 'failed'>,
  { loginFactsOf }: Pick<RequestFacts, 'loginFactsOf'>,
) {
  return async (ctx: RequestContext, next: () => Promise<unknown>): Promise<void> => {
    const thrown = await outcomeOf(next);
    const hasFailed = thrown
      ? isRefusal(thrown.error)
      : isClientError(ctx.status) && ctx.status !== TOO_MANY_REQUESTS;
    // A login by a password is told of where the password is compared.
    if (hasFailed && loginFactsOf(ctx).method.startsWith('oauth:')) events.failed(ctx, null);
    if (thrown) throw thrown.error;
  };
}
