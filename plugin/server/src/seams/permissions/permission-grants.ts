import type { RoleGrants } from '../../services/users/role-grants';
import { followWithdrawals } from './withdrawn-permissions';
import { PERMISSION_MODEL, ROLE_MODEL, type Strapi } from '../../strapi';

/** The used part of users-permissions, which fills an empty database. */
interface Initializer {
  initialize(): Promise<void>;
}

/**
 * Grants the content API to every role but Public, to existing roles now and to new ones later,
 * until an administrator withdraws it.
 *
 * @returns A function that stops it for new roles.
 */
export async function grantToRoles(strapi: Strapi, grants: RoleGrants): Promise<() => void> {
  await fillEmptyDatabase(strapi);
  await grants.grantToAllRoles();

  const stopFollowing = followWithdrawals(strapi, grants);
  const stopGranting = strapi.db.lifecycles.subscribe({
    models: [ROLE_MODEL],

    async afterCreate({ result }) {
      const { id, type } = result as { id: number; type: string };
      if (type !== 'public') await grants.grantToRole(id);
    },
  });
  return () => {
    stopFollowing();
    stopGranting();
  };
}

/**
 * Lets users-permissions write its own permissions first.
 *
 * It writes them only while there are none, and its bootstrap may run after the plugin's.
 */
async function fillEmptyDatabase(strapi: Strapi): Promise<void> {
  if ((await strapi.db.query(PERMISSION_MODEL).count()) > 0) return;
  const users: Initializer = strapi.plugin('users-permissions').service('users-permissions');
  await users.initialize();
}
