import type { LoginBackOff } from '../../services/limits/login-back-off';
import { isClientError, isRefusal } from '../../services/limits/login-errors';
import type { LoginOutcome } from '../../services/limits/login-rules';
import type { ProxyWarning } from '../../services/limits/proxy-warning';
import type { RequestStates } from '../../services/requests/request-state';
import type { RequestContext, Strapi } from '../../strapi';
import { SEAMS } from '../proofs/names';
import { wrapFunction } from '../proofs/wrapped-functions';
import { wrapOnce } from '../wrap-once';

/** Returns the dependencies of {@link wrapLogin}; the first login calls it. */
export type LoginParts = () => {
  backOff: LoginBackOff;
  requestStates: RequestStates;
  warnOfProxy: ProxyWarning;
};

/** An action of users-permissions' `auth` controller. */
type Action = (ctx: RequestContext, ...others: unknown[]) => Promise<unknown>;

/** The actions of users-permissions' `auth` controller that log a user in. */
export type AuthController = Record<'callback' | (typeof OTHER_LOGINS)[number], Action>;

const OTHER_LOGINS = ['register', 'resetPassword', 'changePassword', 'emailConfirmation'] as const;

/** Thrown for a login that was not tried; GraphQL would log an error with fields as a fault. */
class LoginLimited extends Error {}

/**
 * Asks the back-off before Strapi checks a password, for every route and GraphQL mutation.
 *
 * It also marks the logins of users-permissions, which begin a session whatever old tokens their
 * request carries.
 *
 * Call it in `register`, because Strapi's routes read the controller's actions before `bootstrap`.
 */
export function wrapLogin(strapi: Strapi, parts: LoginParts): void {
  const asLogin =
    (action: Action): Action =>
    async (ctx, ...others) => {
      const state = parts().requestStates.open(ctx);
      state.loginsUnderWay += 1;
      try {
        return await action(ctx, ...others);
      } finally {
        state.loginsUnderWay -= 1;
      }
    };
  for (const name of OTHER_LOGINS) wrapOnce(authControllerOf(strapi), name, asLogin);
  const seam = {
    name: SEAMS.logIn,
    owner: () => authControllerOf(strapi),
    method: 'callback',
  } as const;
  wrapFunction(strapi, seam, (original) => async (ctx, ...others) => {
    const callback = asLogin(original);
    const identifier = typedIdentifier(ctx);
    if (identifier === null) return await callback(ctx, ...others);
    const { backOff, requestStates, warnOfProxy } = parts();
    warnOfProxy(ctx);
    const attempt = await backOff.begin({ identifier, ip: ctx.request.ip });
    if ('retryAfterMs' in attempt) {
      requestStates.open(ctx).retryAfterMs = attempt.retryAfterMs;
      throw new LoginLimited('too many logins have failed');
    }
    let outcome: LoginOutcome = 'undecided';
    try {
      const result = await callback(ctx, ...others);
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
