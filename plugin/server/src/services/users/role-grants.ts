import { USER_ACTION } from '../../permissions';
import type { GrantStore } from '../../stores/database/grant-store';

/** Gives the permission of the users' API to roles of users, once each. */
export interface RoleGrants {
  /** Gives it to every role that signed-in users can have. */
  giveToAllRoles(): Promise<void>;
  /** Gives it to one role, unless it was given to that role before. */
  giveToRole(roleId: number): Promise<void>;
}

export function createRoleGrants(store: GrantStore): RoleGrants {
  const giveToRole = (roleId: number): Promise<void> => store.giveOnce(roleId, USER_ACTION);
  return {
    giveToRole,

    async giveToAllRoles() {
      for (const roleId of await store.roles()) await giveToRole(roleId);
    },
  };
}
