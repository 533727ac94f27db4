import type { LoginBackOff } from '../../services/limits/login-back-off';
import { isClientError, isRefusal } from '../../services/limits/login-errors';
import type { LoginOutcome } from '../../services/limits/login-rules';
import type { ProxyWarning } from '../../services/limits/proxy-warning';
import type { RequestStates } from '../../services/requests/request-state';
import type { RequestContext, Strapi } from '../../strapi';
import { SEAMS } from '../proofs/names';
import { wrapFunction } from '../proofs/wrapped-functions';

/** Returns the dependencies of {@link wrapLogin}; the first login calls it. */
export type LoginParts = () => {
  backOff: LoginBackOff;
  requestStates: RequestStates;
  warnOfProxy: ProxyWarning;
};

/** The wrapped part of users-permissions' `auth` controller. */
export interface AuthController {
  callback(ctx: RequestContext, next?: () => Promise<unknown>): Promise<unknown>;
}

/** Thrown for a login that was not tried; GraphQL would log an error with fields as a fault. */
class LoginLimited extends Error {}

/**
 * Asks the back-off before Strapi checks a password, for every route and GraphQL mutation.
 *
 * Call it in `register`, because Strapi's routes read the controller's actions before `bootstrap`.
 */
export function wrapLogin(strapi: Strapi, parts: LoginParts): void {
  const seam = {
    name: SEAMS.logIn,
    owner: () => authControllerOf(strapi),
    method: 'callback',
  } as const;
  wrapFunction(strapi, seam, (callback) => async (ctx, next) => {
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
      const result = await callback(ctx, next);
      outcome = isClientError(ctx.status) ? 'failed' : 'succeeded';
      return result;
    } catch (error) {
      if (isRefusal(error)) outcome = 'failed';
      throw error;
    } finally {
      attempt.end(outcome);
    }
  });
}

/** Returns the controller as Strapi finds it now. */
export function authControllerOf(strapi: Strapi): AuthController {
  // Strapi types every controller alike.
  return strapi.plugin('users-permissions').controller('auth') as unknown as AuthController;
}

/** Returns the typed identifier; `null` where a provider authenticates the user. */
function typedIdentifier(ctx: RequestContext): string | null {
  const { provider } = (ctx.params ?? {}) as { provider?: string };
  const { identifier } = (ctx.request.body ?? {}) as { identifier?: unknown };
  const isLocal = !provider || provider === 'local';
  return isLocal && typeof identifier === 'string' ? identifier : null;
}
