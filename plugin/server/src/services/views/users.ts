import type { SessionUser } from '../../../../shared/contracts';
import { USER_MODEL, type Strapi } from '../../strapi';

/**
 * Reads the users of these ids at once; gives what tells each of them, without names where the
 * account is gone.
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
