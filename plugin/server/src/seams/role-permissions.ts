import { USER_ACTION } from '../permissions';
import type { Strapi } from '../strapi';
import { wrapOnce } from './wrap-once';

/** One permission of a role, as users-permissions keeps it. */
interface RolePermission {
  action: string;
}

/** The part of users-permissions' `permission` service that is wrapped. */
interface PermissionService {
  findRolePermissions?(roleId: number): Promise<RolePermission[]>;
}

/** What Strapi notes of a request that it has found the route of. */
interface RequestState {
  /** How the request was authenticated, once it is. */
  auth?: unknown;
  route?: { config?: { auth?: { scope?: string | string[] } | false } };
}

/**
 * Leaves the plugin's permission out of those that users-permissions weighs to authenticate a
 * request, unless the route asks for it: it weighs one after another all that a role has, at each
 * request, and one permission more takes longer than all that the plugin does itself.
 */
export function spareRolePermissions(strapi: Strapi): void {
  const service: PermissionService = strapi.plugin('users-permissions').service('permission');

  wrapOnce(service, 'findRolePermissions', (find) => {
    if (!find) return find;
    return async (roleId) => {
      const permissions = await find(roleId);
      const state: RequestState | undefined = strapi.requestContext.get()?.state;
      if (!state?.route || state.auth !== undefined || asksForIt(state.route)) return permissions;
      return permissions.filter(({ action }) => action !== USER_ACTION);
    };
  });
}

function asksForIt({ config }: NonNullable<RequestState['route']>): boolean {
  const scope = (config?.auth && config.auth.scope) ?? [];
  return [scope].flat().includes(USER_ACTION);
}
