import { PERMISSION_MODEL, ROLE_MODEL, type Strapi } from '../../strapi';
import { tableOf } from './sql/table';

/** A role of users-permissions. */
export interface Role {
  id: number;
  name: string;
}

/**
 * What was done for a role: it received the permission for the first time, or again after it was
 * lost, or it has it, or an administrator withdrew it.
 */
export type GrantOutcome = 'granted' | 'restored' | 'present' | 'withdrawn';

/** The permissions that the plugin granted to roles of users-permissions. */
export interface GrantStore {
  /** Returns all roles but the public one. */
  roles(): Promise<Role[]>;
  /** Grants a role a permission unless an administrator withdrew it. */
  grant(roleId: number, action: string): Promise<GrantOutcome>;
  /** Finds the roles of permissions for an action, by a condition on permissions. */
  rolesWith(action: string, condition: object): Promise<number[]>;
  /** Records that a permission was withdrawn from a role. */
  withdraw(roleId: number, action: string): Promise<void>;
}

/** A stored permission with its role. */
interface Permission {
  role: { id: number } | null;
}

/** Opens the table of grants. */
export function createGrantStore(strapi: Strapi): GrantStore {
  const table = tableOf(strapi, 'plugin::magic-sessionmanager.grant');
  const permissions = () => strapi.db.query(PERMISSION_MODEL);
  const of = (roleId: number, action: string) => table.query().where({ role_id: roleId, action });

  async function find(roleId: number, action: string): Promise<{ isWithdrawn: boolean } | null> {
    const row = await table.run<{ withdrawn: unknown } | undefined>(
      of(roleId, action).first('withdrawn'),
    );
    return row ? { isWithdrawn: Boolean(row.withdrawn) } : null;
  }

  async function hasPermission(role: number, action: string): Promise<boolean> {
    return (await permissions().findOne({ where: { action, role } })) !== null;
  }

  async function create(role: number, action: string): Promise<void> {
    if (!(await hasPermission(role, action)))
      await permissions().create({ data: { action, role } });
  }

  /** Other instances wait at the row, and then find the permission. */
  async function restore(role: number, action: string): Promise<void> {
    await strapi.db.transaction(async () => {
      await table.run(of(role, action).update({ withdrawn: false }));
      await create(role, action);
    });
  }

  async function grantFirst(role: number, action: string): Promise<GrantOutcome> {
    try {
      await strapi.db.transaction(async () => {
        await table.run(table.query().insert({ role_id: role, action, withdrawn: false }));
        await create(role, action);
      });
      return 'granted';
    } catch (error) {
      // Another instance that starts at the same time may have granted it first.
      if (await find(role, action)) return 'present';
      throw error;
    }
  }

  return {
    async roles() {
      const where = { type: { $ne: 'public' } };
      const roles = await strapi.db.query(ROLE_MODEL).findMany({ where });
      return roles.map(({ id, name }) => ({ id: Number(id), name: String(name) }));
    },

    async grant(roleId, action) {
      const known = await find(roleId, action);
      if (!known) return await grantFirst(roleId, action);
      if (await hasPermission(roleId, action)) {
        if (known.isWithdrawn) await table.run(of(roleId, action).update({ withdrawn: false }));
        return 'present';
      }
      if (known.isWithdrawn) return 'withdrawn';
      await restore(roleId, action);
      return 'restored';
    },

    async rolesWith(action, condition) {
      const where = { $and: [{ action }, condition] };
      // Strapi types no populated relation.
      const found = (await permissions().findMany({
        where,
        populate: { role: { select: ['id'] } },
      })) as Permission[];
      return found.flatMap(({ role }) => role?.id ?? []);
    },

    async withdraw(roleId, action) {
      await table.run(of(roleId, action).update({ withdrawn: true }));
    },
  };
}
