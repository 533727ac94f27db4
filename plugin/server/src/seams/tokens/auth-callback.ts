import { isRefusal } from '../../services/limits/login-errors';
import type { ProxyWarning } from '../../services/limits/proxy-warning';
import type { RequestAttempts } from '../../services/login-protection/request-attempts';
import type { RequestStates } from '../../services/requests/request-state';
import { currentRequest, isRequest, type RequestContext, type Strapi } from '../../strapi';
import { SEAMS } from '../proofs/names';
import { wrapFunction } from '../proofs/wrapped-functions';
import { wrapOnce } from '../wrap-once';

/** Returns the dependencies of {@link wrapLogin}; the first login calls it. */
export type LoginParts = () => {
  attempts: RequestAttempts;
  requestStates: RequestStates;
  warnOfProxy: ProxyWarning;
};

/** An action of users-permissions' `auth` controller; an app's code may call it with any context. */
type Action = (ctx: unknown, ...others: unknown[]) => Promise<unknown>;

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
 * An app's code may call an action with a part of a context, from a resolver or a job. The login then
 * counts for the request that the code runs in, and outside of requests it is left to Strapi.
 *
 * Call it in `register`, because Strapi's routes read the controller's actions before `bootstrap`.
 */
export function wrapLogin(strapi: Strapi, parts: LoginParts): void {
  const counted =
    (count: 'loginsUnderWay' | 'confirmationsUnderWay') =>
    (action: Action): Action =>
    async (ctx, ...others) => {
      const request = requestOf(strapi, ctx);
      if (!request) return await action(ctx, ...others);
      const state = parts().requestStates.open(request);
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
    const request = requestOf(strapi, ctx);
    return request ? await parts().attempts.useCode(request, use, isRefusal) : await use();
  });
  const seam = {
    name: SEAMS.logIn,
    owner: () => authControllerOf(strapi),
    method: 'callback',
  } as const;
  wrapFunction(strapi, seam, (original) => async (ctx, ...others) => {
    const callback = (): Promise<unknown> => asLogin(original)(ctx, ...others);
    const identifier = typedIdentifier(ctx);
    const request = requestOf(strapi, ctx);
    if (identifier === null || !request) return await callback();
    const { attempts, warnOfProxy } = parts();
    warnOfProxy(request);
    return await attempts.logIn(request, identifier, callback);
  });
}

/** Returns the controller as Strapi finds it now. */
export function authControllerOf(strapi: Strapi): AuthController {
  // Strapi types every controller alike.
  return strapi.plugin('users-permissions').controller('auth') as unknown as AuthController;
}

/** Returns the request that an action runs in; that of Strapi, unless it was lost on the way. */
function requestOf(strapi: Strapi, ctx: unknown): RequestContext | undefined {
  return currentRequest(strapi) ?? (isRequest(ctx) ? ctx : undefined);
}

/** The parts of a context that tell whose password a login tries. */
interface LoginContext {
  params?: { provider?: string };
  request?: { body?: { identifier?: unknown } };
}

/** Returns the typed identifier; `null` where a provider authenticates the user. */
function typedIdentifier(ctx: unknown): string | null {
  // Strapi itself tells the caller which part is missing.
  const { params, request } = (ctx ?? {}) as LoginContext;
  const { provider } = params ?? {};
  const { identifier } = request?.body ?? {};
  const isLocal = !provider || provider === 'local';
  return isLocal && typeof identifier === 'string' ? identifier : null;
}
