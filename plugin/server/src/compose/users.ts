import { createAccounts, type Accounts } from '../services/users/accounts';
import { createRoleGrants, type RoleGrants } from '../services/users/role-grants';
import { createUserBlocking, type UserBlocking } from '../services/users/user-blocking';
import { createGrantStore } from '../stores/database/grant-store';
import type { Strapi } from '../strapi';
import type { SettingsServices } from './settings';

/** The services of Strapi's users. */
export interface UserServices {
  accounts: Accounts;
  blocking: UserBlocking;
  roleGrants: RoleGrants;
}

export function composeUsers(strapi: Strapi, { live }: SettingsServices): UserServices {
  return {
    accounts: createAccounts(strapi, () => live.current().terminateOnRoleChange),
    blocking: createUserBlocking(strapi),
    roleGrants: createRoleGrants(createGrantStore(strapi)),
  };
}
