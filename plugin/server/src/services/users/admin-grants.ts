import { PERMISSIONS } from '../../permissions';
import type { AdminGrantStore } from '../../stores/database/admin-grant-store';

/** Keeps the rights of administrators' roles where a permission was split. */
export interface AdminGrants {
  /**
   * Grants *Block users* to the roles with *Terminate sessions*, which included it before, at the
   * first start of a version that knows it.
   *
   * Strapi's super admins have every permission from their first start on. It is therefore granted
   * once, and again after an earlier version has deleted it as unknown.
   */
  introduceBlocking(): Promise<void>;
}

export function createAdminGrants(store: AdminGrantStore): AdminGrants {
  return {
    introduceBlocking: () => store.introduce(PERMISSIONS.block, PERMISSIONS.terminate),
  };
}
