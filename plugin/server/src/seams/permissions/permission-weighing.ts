import { USER_ACTION } from '../../permissions';
import type { Strapi } from '../../strapi';
import { wrapOnce } from '../wrap-once';

/** One thing that whoever asks may do. */
interface Permission {
  action: string;
}

/** The part of Strapi's content API that makes an ability of permissions, one after another. */
interface AbilityEngine {
  generateAbility(permissions: Permission[], options?: object): Promise<unknown>;
}

/** What Strapi notes of a request that it has found the route of. */
interface RoutedRequestState {
  /** How the request was authenticated, once it is. */
  auth?: unknown;
  route?: { config?: { auth?: { scope?: string | string[] } | false } };
}

/**
 * Leaves the plugin's permission out of the abilities by which requests are authenticated, unless
 * their route asks for it.
 *
 * Strapi evaluates all that a role may do at each request, and one permission more takes longer
 * than all that the plugin does itself.
 */
export function omitOwnPermissionUnlessAsked(strapi: Strapi): void {
  const engine: AbilityEngine = strapi.contentAPI.permissions.engine;

  wrapOnce(engine, 'generateAbility', (generate) => async (permissions, options) => {
    const state: RoutedRequestState | undefined = strapi.requestContext.get()?.state;
    if (!state || mayMatter(state)) return await generate(permissions, options);
    const others = permissions.filter(({ action }) => action !== USER_ACTION);
    return await generate(others, options);
  });
}

/** Where a route says nothing of what it asks for, code of the app may ask for anything later. */
function mayMatter({ auth, route }: RoutedRequestState): boolean {
  const asked = route?.config?.auth;
  if (auth !== undefined || !asked || asked.scope === undefined) return true;
  return [asked.scope].flat().includes(USER_ACTION);
}
