import { createAccounts, type Accounts } from '../services/users/accounts';
import { createAdminGrants, type AdminGrants } from '../services/users/admin-grants';
import { createRoleGrants, type RoleGrants } from '../services/users/role-grants';
import { createUserBlocking, type UserBlocking } from '../services/users/user-blocking';
import { createAdminGrantStore } from '../stores/database/admin-grant-store';
import { createGrantStore } from '../stores/database/grant-store';
import { createRowLocks } from '../stores/database/sql/row-locks';
import { createInTransaction } from '../stores/database/sql/transaction';
import { USER_ACTION } from '../permissions';
import { PLUGIN_NAME, USER_MODEL, type Strapi } from '../strapi';
import type { SettingsServices } from './settings';

/** The services of Strapi's users. */
export interface UserServices {
  accounts: Accounts;
  blocking: UserBlocking;
  roleGrants: RoleGrants;
  adminGrants: AdminGrants;
}

export function composeUsers(strapi: Strapi, { live }: SettingsServices): UserServices {
  return {
    accounts: createAccounts(strapi, () => live.current().terminateOnRoleChange),
    blocking: createUserBlocking(
      strapi,
      createRowLocks(strapi, USER_MODEL),
      createInTransaction(strapi),
    ),
    roleGrants: createRoleGrants(createGrantStore(strapi), (role) =>
      strapi.log.warn(
        `${PLUGIN_NAME}: the role ${role} had lost the permission ${USER_ACTION}, perhaps by an import; it is granted again`,
      ),
    ),
    adminGrants: createAdminGrants(createAdminGrantStore(strapi)),
  };
}
