import type { RoleGrants } from '../../services/users/role-grants';
import { PERMISSION_MODEL, type Strapi } from '../../strapi';

/** The part of an event that the deletion of permissions uses. */
interface Deletion {
  params: { where?: object };
  state: { roleIds?: number[] };
}

/**
 * Remembers the roles from which an administrator withdraws the permission of the users' API.
 *
 * Strapi runs no lifecycles during an import or a transfer, and none of the plugin's while it is
 * switched off. A permission that is gone without this event was lost, not withdrawn.
 *
 * @returns A function that stops it.
 */
export function followWithdrawals(strapi: Strapi, grants: RoleGrants): () => void {
  async function remember({ params, state }: Deletion): Promise<void> {
    state.roleIds = await grants.rolesWith(params.where ?? {});
  }

  async function withdraw({ state }: Deletion): Promise<void> {
    await grants.withdraw(state.roleIds ?? []);
  }

  return strapi.db.lifecycles.subscribe({
    models: [PERMISSION_MODEL],
    beforeDelete: (event) => remember(event),
    afterDelete: (event) => withdraw(event),
    beforeDeleteMany: (event) => remember(event),
    afterDeleteMany: (event) => withdraw(event),
  });
}
