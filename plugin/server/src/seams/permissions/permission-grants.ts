import type { RoleGrants } from '../../services/users/role-grants';
import { PERMISSION_MODEL, ROLE_MODEL, type Strapi } from '../../strapi';

/** The part of users-permissions that fills an empty database. */
interface Initializer {
  initialize(): Promise<void>;
}

/**
 * Gives every role but Public the content API, once: now, and as new roles come.
 *
 * @returns A function that stops it for new roles.
 */
export async function grantToRoles(strapi: Strapi, grants: RoleGrants): Promise<() => void> {
  await fillEmptyDatabase(strapi);
  await grants.grantToAllRoles();

  return strapi.db.lifecycles.subscribe({
    models: [ROLE_MODEL],

    async afterCreate({ result }) {
      const { id, type } = result as { id: number; type: string };
      if (type !== 'public') await grants.grantToRole(id);
    },
  });
}

/**
 * Lets users-permissions write its own permissions first: it does so only while there are none,
 * and its bootstrap may come after ours.
 */
async function fillEmptyDatabase(strapi: Strapi): Promise<void> {
  if ((await strapi.db.query(PERMISSION_MODEL).count()) > 0) return;
  const users: Initializer = strapi.plugin('users-permissions').service('users-permissions');
  await users.initialize();
}
