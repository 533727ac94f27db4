import { isRefusal } from '../../services/limits/login-errors';
import type { ProxyWarning } from '../../services/limits/proxy-warning';
import type { RequestAttempts } from '../../services/login-protection/request-attempts';
import type { RequestStates } from '../../services/requests/request-state';
import type { RequestContext, Strapi } from '../../strapi';
import { SEAMS } from '../proofs/names';
import { wrapFunction } from '../proofs/wrapped-functions';
import { wrapOnce } from '../wrap-once';

/** Returns the dependencies of {@link wrapLogin}; the first login calls it. */
export type LoginParts = () => {
  attempts: RequestAttempts;
  requestStates: RequestStates;
  warnOfProxy: ProxyWarning;
};

/** An action of users-permissions' `auth` controller. */
type Action = (ctx: RequestContext, ...others: unknown[]) => Promise<unknown>;

/** The actions of users-permissions' `auth` controller that log a user in. */
export type AuthController = Record<
  'callback' | 'resetPassword' | 'emailConfirmation' | (typeof OTHER_LOGINS)[number],
  Action
>;

const OTHER_LOGINS = ['register', 'changePassword'] as const;

/**
 * Limits failed logins and wrong reset codes, for every route and GraphQL mutation.
 *
 * It also marks the logins of users-permissions, which begin a session whatever old tokens their
 * request carries.
 *
 * Call it in `register`, because Strapi's routes read the controller's actions before `bootstrap`.
 */
export function wrapLogin(strapi: Strapi, parts: LoginParts): void {
  const counted =
    (count: 'loginsUnderWay' | 'confirmationsUnderWay') =>
    (action: Action): Action =>
    async (ctx, ...others) => {
      const state = parts().requestStates.open(ctx);
      state[count] += 1;
      try {
        return await action(ctx, ...others);
      } finally {
        state[count] -= 1;
      }
    };
  const asLogin = counted('loginsUnderWay');
  const controller = authControllerOf(strapi);
  for (const name of OTHER_LOGINS) wrapOnce(controller, name, asLogin);
  wrapOnce(controller, 'emailConfirmation', (confirm) =>
    counted('confirmationsUnderWay')(asLogin(confirm)),
  );
  wrapOnce(controller, 'resetPassword', (reset) => async (ctx, ...others) => {
    const use = (): Promise<unknown> => asLogin(reset)(ctx, ...others);
    return await parts().attempts.useCode(ctx, use, isRefusal);
  });
  const seam = {
    name: SEAMS.logIn,
    owner: () => authControllerOf(strapi),
    method: 'callback',
  } as const;
  wrapFunction(strapi, seam, (original) => async (ctx, ...others) => {
    const callback = (): Promise<unknown> => asLogin(original)(ctx, ...others);
    const identifier = typedIdentifier(ctx);
    if (identifier === null) return await callback();
    const { attempts, warnOfProxy } = parts();
    warnOfProxy(ctx);
    return await attempts.logIn(ctx, identifier, callback);
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
