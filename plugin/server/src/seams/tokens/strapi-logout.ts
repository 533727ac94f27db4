import { userIdOf } from '../../services/requests/user-id';
import { STRAPI_SESSION_MODEL, USERS_ORIGIN } from '../../strapi';
import type { DatabaseEvents } from '../database-events';
import type { SeamParts } from '../parts';

/** The conditions under which Strapi deletes rows of its own session table. */
interface DeleteCondition {
  sessionId?: unknown;
  userId?: unknown;
  origin?: unknown;
  deviceId?: unknown;
}

/** Terminates a session when Strapi deletes its rows: logout, revocation, password change. */
export function followStrapiLogout(
  { strapi, sessions, requestStates }: SeamParts,
  events: DatabaseEvents,
): () => void {
  if (!strapi.db.metadata.has(STRAPI_SESSION_MODEL)) return () => undefined;

  async function logOut(rotation: unknown): Promise<void> {
    const session = typeof rotation === 'string' ? await sessions.findByRotation(rotation) : null;
    if (!session) return;
    const current = requestStates.current()?.session;
    const isRemote = current?.userId === session.userId && current.sessionId !== session.sessionId;
    await sessions.terminate(session.sessionId, isRemote ? 'logout_remote' : 'logout');
  }

  return events.on<{ rotations: unknown[] }>(STRAPI_SESSION_MODEL, {
    async afterDelete({ params }) {
      await logOut(conditionOf(params).sessionId);
    },

    async beforeDeleteMany({ params, state }) {
      if (kindOf(conditionOf(params)) !== 'device') return;
      // Strapi does not type its internal models.
      const rows = (await strapi.db
        .query(STRAPI_SESSION_MODEL)
        .findMany({ where: conditionOf(params), select: ['sessionId'] })) as DeleteCondition[];
      state.rotations = rows.map(({ sessionId }) => sessionId);
    },

    async afterDeleteMany({ params, state }) {
      const condition = conditionOf(params);
      const userId = kindOf(condition) === 'user' ? userIdOf(condition.userId) : null;
      if (userId !== null) await sessions.terminateAll(userId, 'logout_all');
      for (const rotation of state.rotations ?? []) await logOut(rotation);
    },
  });
}

/**
 * Returns the kind of rows that a condition selects.
 *
 * Strapi deletes expired rows, and the plugin deletes rows, by other conditions; these are `null`.
 */
function kindOf({
  origin,
  userId,
  sessionId,
  deviceId,
}: DeleteCondition): 'user' | 'device' | null {
  const ofUser = origin === USERS_ORIGIN && typeof userId === 'string' && sessionId === undefined;
  if (!ofUser) return null;
  return deviceId === undefined ? 'user' : 'device';
}

function conditionOf(params: { where?: unknown }): DeleteCondition {
  return typeof params.where === 'object' && params.where !== null ? params.where : {};
}
