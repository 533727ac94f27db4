import { batchesOf } from '../../stores/database/sql/batches';
import { USER_MODEL, type Strapi } from '../../strapi';

/** The facts of a user whose changes terminate sessions. */
export interface Account {
  id: number;
  /** `null` for a user that SQL has written without one. */
  documentId: string | null;
  password: string | null;
  blocked: boolean | null;
  /** Present only if `readsRoles` was true at the time of the read. */
  role?: { id: number } | null;
}

/** Reads the accounts of users. */
export interface Accounts {
  /** Reads the accounts that meet a condition of Strapi's query engine. */
  findWhere(where: unknown): Promise<Account[]>;
  /** Reads the accounts of these ids, however many there are. */
  findByIds(ids: readonly number[]): Promise<Account[]>;
}

/**
 * Creates a reader of accounts.
 *
 * @param readsRoles Tells whether to read the role.
 */
export function createAccounts(strapi: Strapi, readsRoles: () => boolean): Accounts {
  async function findWhere(where: unknown): Promise<Account[]> {
    // Strapi cannot type a content type that an app may extend; these fields are always there.
    return (await strapi.db.query(USER_MODEL).findMany({
      where,
      select: ['id', 'documentId', 'password', 'blocked'],
      ...(readsRoles() && { populate: { role: { select: ['id'] } } }),
    })) as Account[];
  }

  return {
    findWhere,

    async findByIds(ids) {
      const found: Account[] = [];
      for (const batch of batchesOf(ids)) found.push(...(await findWhere({ id: { $in: batch } })));
      return found;
    },
  };
}
