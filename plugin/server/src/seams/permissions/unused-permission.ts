import { USER_ACTION } from '../../permissions';
import { currentRequest, type Strapi } from '../../strapi';
import { wrapOnce } from '../wrap-once';

/** One permission of an ability. */
interface Permission {
  action: string;
}

/** The used part of Strapi's content API, which builds an ability from permissions one by one. */
interface AbilityEngine {
  generateAbility(permissions: Permission[], options?: object): Promise<unknown>;
}

/** The state of a request after routing. */
interface RoutedRequestState {
  /** The result of authentication, once it has run. */
  auth?: unknown;
  route?: { config?: { auth?: { scope?: string | string[] } | false } };
}

/**
 * Leaves the plugin's permission out of the abilities of requests whose routes do not require it.
 *
 * Strapi evaluates all permissions of a role at each request. One more permission would take longer
 * than the plugin's own work.
 */
export function skipUnusedPermission(strapi: Strapi): void {
  const engine: AbilityEngine = strapi.contentAPI.permissions.engine;

  wrapOnce(engine, 'generateAbility', (generate) => async (permissions, options) => {
    const state: RoutedRequestState | undefined = currentRequest(strapi)?.state;
    if (!state || mayBeRequired(state)) return await generate(permissions, options);
    const others = permissions.filter(({ action }) => action !== USER_ACTION);
    return await generate(others, options);
  });
}

/** Code of the app may check any permission later, if the route declares no scope. */
function mayBeRequired({ auth, route }: RoutedRequestState): boolean {
  const required = route?.config?.auth;
  if (auth !== undefined || !required || required.scope === undefined) return true;
  return [required.scope].flat().includes(USER_ACTION);
}
