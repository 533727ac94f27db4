import type { Strapi } from '../../../strapi';
import { createDocumentIds } from '../document-ids';
import type { JournalEntry } from './journal-entry';
import { COLUMNS } from '../sessions/session-row';
import { tableOf } from '../sql/table';

/** The document ids of the users of an entry; `null` where there is no such user. */
export interface EntryOwners {
  actorDocumentId: string | null;
  userDocumentId: string | null;
}

/** The owner of a session as the database driver returns it. */
interface RawSession {
  session_id: string;
  user_document_id: string | null;
}

/**
 * Creates a reader that adds the owners to entries.
 *
 * The entry of a session belongs to the session's user, even if another user has the id now. Entries
 * are written in the background, so a database that has fallen silent does not keep Strapi from stopping.
 */
export function createEntryOwners(
  strapi: Strapi,
): (entries: readonly JournalEntry[]) => Promise<(JournalEntry & EntryOwners)[]> {
  const documentIds = createDocumentIds(strapi, 'of-background-work');
  const sessions = tableOf(strapi, 'plugin::magic-sessionmanager.session');

  async function ownersOf(sessionIds: readonly string[]): Promise<Map<string, string | null>> {
    if (sessionIds.length === 0) return new Map();
    const columns = [COLUMNS.sessionId, COLUMNS.userDocumentId];
    const rows = sessions.query().whereIn(COLUMNS.sessionId, [...new Set(sessionIds)]);
    const found = await sessions.runInBackground<RawSession[]>(rows.select(columns));
    return new Map(found.map((row) => [row.session_id, row.user_document_id]));
  }

  return async (entries) => {
    const owners = await ownersOf(entries.flatMap(({ sessionId }) => sessionId ?? []));
    const userIds = entries.flatMap(({ userId, actorId }) => [userId, actorId]);
    const users = await documentIds(userIds);
    const documentIdOf = (id: number | null): string | null =>
      id === null ? null : (users.get(id) ?? null);
    return entries.map((entry) => {
      const { sessionId, userId, actorType, actorId } = entry;
      const owner = sessionId === null ? undefined : owners.get(sessionId);
      const userDocumentId = owner ?? documentIdOf(userId);
      const ofActor = actorId === userId ? userDocumentId : documentIdOf(actorId);
      return { ...entry, userDocumentId, actorDocumentId: actorType === 'user' ? ofActor : null };
    });
  };
}
