import type { RowLocks } from '../../stores/database/sql/row-locks';
import type { InTransaction } from '../../stores/database/sql/transaction';
import { USER_MODEL, type Strapi } from '../../strapi';

/** Blocks and unblocks users. */
export interface UserBlocking {
  /** Blocks or unblocks a user; returns false if there is no such user. */
  set(userId: number, blocked: boolean): Promise<boolean>;
  /** Toggles a user's block; returns the new state, or `null` if there is no such user. */
  toggle(userId: number): Promise<boolean | null>;
}

/**
 * Creates the blocking; `seams/users` terminates the sessions of a user who is blocked, and records
 * the change.
 *
 * The row is locked first, so that of two changes at once the second one finds the first.
 */
export function createUserBlocking(
  strapi: Strapi,
  locks: RowLocks,
  inTransaction: InTransaction,
): UserBlocking {
  const users = () => strapi.db.query(USER_MODEL);

  async function change(
    userId: number,
    blockedFrom: () => Promise<boolean>,
  ): Promise<boolean | null> {
    return await inTransaction(async () => {
      if (!(await locks.lock(userId))) return null;
      const blocked = await blockedFrom();
      await users().update({ where: { id: userId }, data: { blocked } });
      return blocked;
    });
  }

  return {
    set: async (userId, blocked) => (await change(userId, () => Promise.resolve(blocked))) !== null,

    toggle: (userId) =>
      change(userId, async () => {
        // Strapi cannot type a content type that an app may extend; this field is always there.
        const user = (await users().findOne({ where: { id: userId }, select: ['blocked'] })) as {
          blocked: boolean | null;
        } | null;
        return !user?.blocked;
      }),
  };
}
