import { STRAPI_SESSION_MODEL, USERS_ORIGIN, type Strapi } from '../../strapi';
import { batchesOf } from './sql/batches';

/** The columns of Strapi's own session table that the plugin reads. */
export interface StrapiSession {
  sessionId: string;
  userId: string;
  createdAt: Date | string | null;
}

/** Strapi's own session rows of users-permissions (refresh mode, Strapi 5.24 and later). */
export interface StrapiSessionStore {
  find(sessionId: string): Promise<StrapiSession | null>;
  remove(sessionIds: string[]): Promise<void>;
}

/** Opens Strapi's session table; in a Strapi without one, the store is empty. */
export function createStrapiSessionStore(strapi: Strapi): StrapiSessionStore {
  if (!strapi.db.metadata.has(STRAPI_SESSION_MODEL)) {
    return { find: () => Promise.resolve(null), remove: () => Promise.resolve() };
  }
  return {
    async find(sessionId) {
      const where = { sessionId, origin: USERS_ORIGIN };
      // Strapi does not type its internal models.
      return (await strapi.db
        .query(STRAPI_SESSION_MODEL)
        .findOne({ where })) as StrapiSession | null;
    },

    async remove(sessionIds) {
      for (const batch of batchesOf(sessionIds)) {
        await strapi.db
          .query(STRAPI_SESSION_MODEL)
          .deleteMany({ where: { origin: USERS_ORIGIN, sessionId: { $in: batch } } });
      }
    },
  };
}
