import type { SessionUser } from '../../../../shared/contracts';
import { USER_MODEL, type Strapi } from '../../strapi';

/**
 * Reads the users of these ids at once; returns a look-up by id.
 *
 * A user whose account is gone has `null` names.
 */
export async function usersOf(
  strapi: Strapi,
  userIds: number[],
): Promise<(userId: number) => SessionUser> {
  const ids = [...new Set(userIds)];
  // Strapi cannot type a content type that an app may extend; these three fields are always there.
  const found = (await strapi.db.query(USER_MODEL).findMany({
    where: { id: { $in: ids } },
    select: ['id', 'username', 'email'],
  })) as SessionUser[];
  const users = new Map(found.map(({ id, username, email }) => [id, { id, username, email }]));
  return (userId) => users.get(userId) ?? { id: userId, username: null, email: null };
}
