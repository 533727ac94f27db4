import { USER_ACTION } from '../../permissions';
import type { GrantStore } from '../../stores/database/grant-store';

/** Grants roles of users-permissions the permission for the users' API, once each. */
export interface RoleGrants {
  /** Grants it to every role but the public one. */
  grantToAllRoles(): Promise<void>;
  /** Grants it to one role, unless it was granted to that role before. */
  grantToRole(roleId: number): Promise<void>;
}

export function createRoleGrants(store: GrantStore): RoleGrants {
  const grantToRole = (roleId: number): Promise<void> => store.grantOnce(roleId, USER_ACTION);
  return {
    grantToRole,

    async grantToAllRoles() {
      for (const roleId of await store.roles()) await grantToRole(roleId);
    },
  };
}
