import { ROLE_MODEL } from '../../strapi';
import type { DatabaseEvent, DatabaseEvents } from '../database-events';
import type { SeamParts } from '../parts';

/** What a write to a role remembers: the users who had it before. */
interface Remembered {
  before: number[];
}

/**
 * Terminates the sessions of users who get or lose a role by a write to the role, with
 * `terminateOnRoleChange`.
 */
export function followRoleMembers(
  { strapi, sessions, settings }: SeamParts,
  events: DatabaseEvents,
): () => void {
  async function membersOf(where: unknown): Promise<number[]> {
    // Strapi cannot type a content type that an app may extend; the relation is always there.
    const roles = (await strapi.db
      .query(ROLE_MODEL)
      .findMany({ where, populate: { users: { select: ['id'] } } })) as {
      users: { id: number }[];
    }[];
    return roles.flatMap(({ users }) => users.map(({ id }) => id));
  }

  async function remember({ params, state }: DatabaseEvent<Remembered>): Promise<void> {
    const { data } = params;
    const changesUsers = typeof data === 'object' && data !== null && 'users' in data;
    if (changesUsers && settings().terminateOnRoleChange)
      state.before = await membersOf(params.where);
  }

  async function compare({ params, state: { before } }: DatabaseEvent<Remembered>): Promise<void> {
    if (!before) return;
    const earlier = new Set(before);
    const now = new Set(await membersOf(params.where));
    const moved = [...earlier, ...now].filter((id) => !(earlier.has(id) && now.has(id)));
    for (const id of moved) await sessions.terminateAll(id, 'role_changed');
  }

  return events.on<Remembered>(ROLE_MODEL, { beforeUpdate: remember, afterUpdate: compare });
}
