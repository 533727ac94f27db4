import type { Strapi } from '../strapi';
import { tableOf } from './table';

/** Which permissions were given to which role of users-permissions. */
export interface GrantStore {
  /** The roles that signed-in users can have. */
  roles(): Promise<number[]>;
  /** Gives a role the permissions it was never given, all or none. */
  giveOnce(roleId: number, actions: string[]): Promise<void>;
}

const ROLE = 'plugin::users-permissions.role';
const PERMISSION = 'plugin::users-permissions.permission';

/** Opens the table of grants. */
export function createGrantStore(strapi: Strapi): GrantStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.grant');

  async function missing(roleId: number, actions: string[]): Promise<string[]> {
    const given = await table.run<string[]>(table.query().where('role_id', roleId).pluck('action'));
    return actions.filter((action) => !given.includes(action));
  }

  async function give(role: number, actions: string[]): Promise<void> {
    await strapi.db.transaction(async () => {
      const grants = actions.map((action) => ({ role_id: role, action }));
      await table.run(table.query().insert(grants));
      for (const action of actions) {
        const permissions = strapi.db.query(PERMISSION);
        const known: unknown = await permissions.findOne({ where: { action, role } });
        if (!known) await permissions.create({ data: { action, role } });
      }
    });
  }

  return {
    async roles() {
      const roles = await strapi.db.query(ROLE).findMany({ where: { type: { $ne: 'public' } } });
      return roles.map(({ id }) => Number(id));
    },

    async giveOnce(roleId, actions) {
      const wanted = await missing(roleId, actions);
      if (wanted.length === 0) return;
      try {
        await give(roleId, wanted);
      } catch (error) {
        // Another instance that boots at the same time was faster.
        if ((await missing(roleId, actions)).length > 0) throw error;
      }
    },
  };
}
