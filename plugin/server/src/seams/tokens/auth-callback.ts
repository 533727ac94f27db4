import type { LoginBackOff } from '../../services/limits/login-back-off';
import { isClientError, isRefusal } from '../../services/limits/login-errors';
import type { LoginOutcome } from '../../services/limits/login-rules';
import type { ProxyWarning } from '../../services/limits/proxy-warning';
import type { RequestStates } from '../../services/requests/request-state';
import type { RequestContext, Strapi } from '../../strapi';
import { wrapOnce } from '../wrap-once';

/** What a login is asked about, made when the first one comes. */
export type LoginParts = () => {
  backOff: LoginBackOff;
  requestStates: RequestStates;
  warnOfProxy: ProxyWarning;
};

/** The part of users-permissions' `auth` controller that is wrapped. */
interface AuthController {
  callback(ctx: RequestContext, next?: () => Promise<unknown>): Promise<unknown>;
}

/** Stands for a login that was not tried; has no fields, or GraphQL would log each as a fault. */
class LoginLimited extends Error {}

/**
 * Asks the back-off before Strapi looks at a password, whichever route or GraphQL mutation brought
 * it here. To be called while Strapi registers: later its routes no longer look at the controller.
 */
export function wrapLogin(strapi: Strapi, parts: LoginParts): void {
  // Strapi types every controller alike.
  const auth = strapi.plugin('users-permissions').controller('auth') as unknown as AuthController;
  wrapOnce(auth, 'callback', (callback) => async (ctx, next) => {
    const identifier = typedIdentifier(ctx);
    if (identifier === null) return await callback(ctx, next);
    const { backOff, requestStates, warnOfProxy } = parts();
    warnOfProxy(ctx);
    const attempt = await backOff.begin({ identifier, ip: ctx.request.ip });
    if ('retryAfterMs' in attempt) {
      requestStates.open(ctx).retryAfterMs = attempt.retryAfterMs;
      throw new LoginLimited('too many logins have failed');
    }
    let outcome: LoginOutcome = 'undecided';
    try {
      const answer = await callback(ctx, next);
      outcome = isClientError(ctx.status) ? 'failed' : 'succeeded';
      return answer;
    } catch (error) {
      if (isRefusal(error)) outcome = 'failed';
      throw error;
    } finally {
      attempt.end(outcome);
    }
  });
}

/** Gives what was typed to name an account; `null` where a provider vouches for the user instead. */
function typedIdentifier(ctx: RequestContext): string | null {
  const { provider } = (ctx.params ?? {}) as { provider?: string };
  const { identifier } = (ctx.request.body ?? {}) as { identifier?: unknown };
  const isLocal = !provider || provider === 'local';
  return isLocal && typeof identifier === 'string' ? identifier : null;
}
