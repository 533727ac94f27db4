import { USER_ACTION } from '../../permissions';
import type { GrantStore } from '../../stores/database/grant-store';

/** Grants roles of users-permissions the permission for the users' API, until it is withdrawn. */
export interface RoleGrants {
  /** Grants it to every role but the public one. */
  grantToAllRoles(): Promise<void>;
  /** Grants it to one role. */
  grantToRole(roleId: number): Promise<void>;
  /** Finds the roles that have it by permissions that a condition selects. */
  rolesWith(condition: object): Promise<number[]>;
  /** Records that an administrator withdrew it from roles. */
  withdraw(roleIds: readonly number[]): Promise<void>;
}

/**
 * Creates the grants.
 *
 * @param report Receives the name of each role whose permission was lost and is granted again.
 */
export function createRoleGrants(store: GrantStore, report: (role: string) => void): RoleGrants {
  return {
    async grantToRole(roleId) {
      await store.grant(roleId, USER_ACTION);
    },

    async grantToAllRoles() {
      for (const { id, name } of await store.roles()) {
        if ((await store.grant(id, USER_ACTION)) === 'restored') report(name);
      }
    },

    rolesWith: (condition) => store.rolesWith(USER_ACTION, condition),

    async withdraw(roleIds) {
      for (const roleId of roleIds) await store.withdraw(roleId, USER_ACTION);
    },
  };
}
