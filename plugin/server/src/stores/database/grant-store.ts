import { PERMISSION_MODEL, ROLE_MODEL, type Strapi } from '../../strapi';
import { tableOf } from './sql/table';

/** The permissions that the plugin granted to roles of users-permissions. */
export interface GrantStore {
  /** Returns the ids of all roles but the public one. */
  roles(): Promise<number[]>;
  /** Grants a role a permission unless it was granted before, even if it was revoked since. */
  grantOnce(roleId: number, action: string): Promise<void>;
}

/** Opens the table of grants. */
export function createGrantStore(strapi: Strapi): GrantStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.grant');

  async function wasGranted(roleId: number, action: string): Promise<boolean> {
    const granted = table.query().where({ role_id: roleId, action }).pluck('action');
    return (await table.run<string[]>(granted)).length > 0;
  }

  async function grant(role: number, action: string): Promise<void> {
    await strapi.db.transaction(async () => {
      await table.run(table.query().insert({ role_id: role, action }));
      const permissions = strapi.db.query(PERMISSION_MODEL);
      const existing: unknown = await permissions.findOne({ where: { action, role } });
      if (!existing) await permissions.create({ data: { action, role } });
    });
  }

  return {
    async roles() {
      const roles = await strapi.db
        .query(ROLE_MODEL)
        .findMany({ where: { type: { $ne: 'public' } } });
      return roles.map(({ id }) => Number(id));
    },

    async grantOnce(roleId, action) {
      if (await wasGranted(roleId, action)) return;
      try {
        await grant(roleId, action);
      } catch (error) {
        // Another instance that starts at the same time may have granted it first.
        if (!(await wasGranted(roleId, action))) throw error;
      }
    },
  };
}
