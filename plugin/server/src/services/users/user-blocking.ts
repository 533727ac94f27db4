import { USER_MODEL, type Strapi } from '../../strapi';

/** Locks users out and lets them in again. */
export interface UserBlocking {
  /** Blocks a user who is not, unblocks one who is; `null` if there is no such user. */
  toggle(userId: number): Promise<boolean | null>;
}

/** Makes the way to block users; their sessions end because every write to users is followed. */
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
