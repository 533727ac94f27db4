import { PERMISSION_MODEL, ROLE_MODEL, type Strapi } from '../../strapi';
import { tableOf } from './sql/table';

/** Which permissions were given to which role of users-permissions. */
export interface GrantStore {
  /** The roles that signed-in users can have. */
  roles(): Promise<number[]>;
  /** Gives a role a permission unless it was given that before. */
  giveOnce(roleId: number, action: string): Promise<void>;
}

/** Opens the table of grants. */
export function createGrantStore(strapi: Strapi): GrantStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.grant');

  async function wasGiven(roleId: number, action: string): Promise<boolean> {
    const given = table.query().where({ role_id: roleId, action }).pluck('action');
    return (await table.run<string[]>(given)).length > 0;
  }

  async function give(role: number, action: string): Promise<void> {
    await strapi.db.transaction(async () => {
      await table.run(table.query().insert({ role_id: role, action }));
      const permissions = strapi.db.query(PERMISSION_MODEL);
      const known: unknown = await permissions.findOne({ where: { action, role } });
      if (!known) await permissions.create({ data: { action, role } });
    });
  }

  return {
    async roles() {
      const roles = await strapi.db
        .query(ROLE_MODEL)
        .findMany({ where: { type: { $ne: 'public' } } });
      return roles.map(({ id }) => Number(id));
    },

    async giveOnce(roleId, action) {
      if (await wasGiven(roleId, action)) return;
      try {
        await give(roleId, action);
      } catch (error) {
        // Another instance that boots at the same time was faster.
        if (!(await wasGiven(roleId, action))) throw error;
      }
    },
  };
}
