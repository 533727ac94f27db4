import { STRAPI_SESSION_MODEL, USERS_ORIGIN, type Strapi } from '../../strapi';
import { batchesOf } from './sql/batches';

/** The columns of Strapi's own session table that the plugin reads. */
export interface StrapiSession {
  sessionId: string;
  userId: string;
  createdAt: Date | string | null;
  updatedAt: Date | string | null;
  /** The row of the token that its token was exchanged for. */
  childId: string | null;
  /** When its own refresh token expires. */
  expiresAt: Date | string | null;
  /** When the last refresh token of its family expires. */
  absoluteExpiresAt: Date | string | null;
}

/** Strapi's own session rows of users-permissions (refresh mode, Strapi 5.24 and later). */
export interface StrapiSessionStore {
  find(sessionId: string): Promise<StrapiSession | null>;
  /** Finds the row whose refresh token was exchanged for that of a row. */
  findParent(sessionId: string): Promise<StrapiSession | null>;
  remove(sessionIds: string[]): Promise<void>;
}

/** Opens Strapi's session table; in a Strapi without one, the store is empty. */
export function createStrapiSessionStore(strapi: Strapi): StrapiSessionStore {
  if (!strapi.db.metadata.has(STRAPI_SESSION_MODEL)) {
    const none = (): Promise<null> => Promise.resolve(null);
    return { find: none, findParent: none, remove: () => Promise.resolve() };
  }
  const findOne = async (where: Record<string, string>): Promise<StrapiSession | null> => {
    const ofUsers = { where: { ...where, origin: USERS_ORIGIN } };
    // Strapi does not type its internal models.
    return (await strapi.db.query(STRAPI_SESSION_MODEL).findOne(ofUsers)) as StrapiSession | null;
  };

  return {
    find: (sessionId) => findOne({ sessionId }),

    findParent: (sessionId) => findOne({ childId: sessionId }),

    async remove(sessionIds) {
      for (const batch of batchesOf(sessionIds)) {
        await strapi.db
          .query(STRAPI_SESSION_MODEL)
          .deleteMany({ where: { origin: USERS_ORIGIN, sessionId: { $in: batch } } });
      }
    },
  };
}
