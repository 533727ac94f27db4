import { USER_MODEL, type Strapi } from '../../strapi';

/** Blocks and unblocks users. */
export interface UserBlocking {
  /** Toggles a user's block; returns the new state, or `null` if there is no such user. */
  toggle(userId: number): Promise<boolean | null>;
}

/** Creates the blocking; `seams/users` terminates the sessions of a user who is blocked. */
export function createUserBlocking(strapi: Strapi): UserBlocking {
  return {
    async toggle(userId) {
      const where = { id: userId };
      // Strapi cannot type a content type that an app may extend; this field is always there.
      const user = (await strapi.db.query(USER_MODEL).findOne({ where, select: ['blocked'] })) as {
        blocked: boolean | null;
      } | null;
      if (!user) return null;
      const blocked = !user.blocked;
      await strapi.db.query(USER_MODEL).update({ where, data: { blocked } });
      return blocked;
    },
  };
}
