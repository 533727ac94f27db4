import type { SessionUser } from '../../../../shared/contracts';
import { USER_MODEL, type Strapi } from '../../strapi';

/** The user that a row belongs to; an import may have given the id to another user since. */
export interface Owner {
  userId: number;
  userDocumentId: string | null;
}

/** A user as it is read. */
type ReadUser = SessionUser & { documentId: string | null };

/** Returns a user whose account is gone. */
const nameless = (id: number): SessionUser => ({ id, username: null, email: null });

/** Reads the users of these ids at once; returns a look-up by id. A missing user has no names. */
export async function usersById(
  strapi: Strapi,
  userIds: readonly number[],
): Promise<(userId: number) => SessionUser> {
  const users = await readUsers(strapi, userIds);
  return (id) => viewOf(users.get(id)) ?? nameless(id);
}

/** Reads the users of rows at once; returns a look-up. A user whose account is gone has no names. */
export async function usersOf(
  strapi: Strapi,
  owners: readonly Owner[],
): Promise<(owner: Owner) => SessionUser> {
  const users = await readUsers(
    strapi,
    owners.map(({ userId }) => userId),
  );
  return ({ userId, userDocumentId }) => {
    const user = users.get(userId);
    const isOwner = !user?.documentId || user.documentId === userDocumentId;
    return (isOwner && viewOf(user)) || nameless(userId);
  };
}

function viewOf(user: ReadUser | undefined): SessionUser | null {
  return user ? { id: user.id, username: user.username, email: user.email } : null;
}

async function readUsers(
  strapi: Strapi,
  userIds: readonly number[],
): Promise<ReadonlyMap<number, ReadUser>> {
  const ids = [...new Set(userIds)];
  // Strapi cannot type a content type that an app may extend; these fields are always there.
  const found = (await strapi.db.query(USER_MODEL).findMany({
    where: { id: { $in: ids } },
    select: ['id', 'documentId', 'username', 'email'],
  })) as ReadUser[];
  return new Map(found.map((user) => [user.id, user]));
}
