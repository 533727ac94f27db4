import type { Strapi } from '../../strapi';
import { createRowLocks } from './sql/row-locks';
import { createInTransaction } from './sql/transaction';

/** The permissions of administrators' roles. */
export interface AdminGrantStore {
  /**
   * Grants a permission to every role that has another one, with the same conditions, unless any
   * role has it.
   */
  introduce(action: string, toHoldersOf: string): Promise<void>;
}

/** A stored permission of an administrators' role. */
interface Permission {
  conditions: unknown;
  properties: unknown;
  role: { id: number } | null;
}

const ADMIN_PERMISSION = 'admin::permission';
const ADMIN_ROLE = 'admin::role';

/** Opens the table of administrators' permissions. */
export function createAdminGrantStore(strapi: Strapi): AdminGrantStore {
  const inTransaction = createInTransaction(strapi);
  const permissions = () => strapi.db.query(ADMIN_PERMISSION);

  async function isKnown(action: string): Promise<boolean> {
    return (await permissions().count({ where: { action } })) > 0;
  }

  return {
    async introduce(action, toHoldersOf) {
      if (await isKnown(action)) return;
      const roles = createRowLocks(strapi, ADMIN_ROLE);
      await inTransaction(async () => {
        // Another instance that starts at the same time waits here, and then finds the permission.
        await roles.lockAll();
        if (await isKnown(action)) return;
        // Strapi does not type its internal models.
        const held = (await permissions().findMany({
          where: { action: toHoldersOf },
          populate: { role: { select: ['id'] } },
        })) as Permission[];
        for (const { role, conditions, properties } of held) {
          if (!role) continue;
          const data = { action, subject: null, conditions, properties, role: role.id };
          await permissions().create({ data: { ...data, actionParameters: {} } });
        }
      });
    },
  };
}
