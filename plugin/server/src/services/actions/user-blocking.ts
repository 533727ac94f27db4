import type { Strapi } from '../../strapi';

/** Locks users out and lets them in again. */
export interface Blocking {
  /** Blocks a user who is not, unblocks one who is; `null` if there is no such user. */
  toggle(userId: number): Promise<boolean | null>;
}

const USER = 'plugin::users-permissions.user';

/** Makes the way to block users; their sessions end because every write to users is followed. */
export function createBlocking(strapi: Strapi): Blocking {
  return {
    async toggle(userId) {
      const where = { id: userId };
      // Strapi cannot type a content type that an app may extend; this field is always there.
      const user = (await strapi.db.query(USER).findOne({ where, select: ['blocked'] })) as {
        blocked: boolean | null;
      } | null;
      if (!user) return null;
      const blocked = !user.blocked;
      await strapi.db.query(USER).update({ where, data: { blocked } });
      return blocked;
    },
  };
}
