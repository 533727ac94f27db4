import type { Knex } from 'knex';
import { USER_MODEL, type Strapi } from '../../strapi';
import { batchesOf } from './sql/batches';
import { tableOf } from './sql/table';

/** The document ids of users, by their ids; `null` for a user that SQL has written without one. */
export type DocumentIds = ReadonlyMap<number, string | null>;

/** A user as the database driver returns it. */
interface RawUser {
  id: number;
  document_id: string | null;
}

/**
 * Creates a reader of the document ids of users; a user who is gone is not in it.
 *
 * @param statements Whether they are part of a request, or of background work.
 */
export function createDocumentIds(
  strapi: Strapi,
  statements: 'of-request' | 'of-background-work' = 'of-request',
): (userIds: readonly (number | null)[]) => Promise<DocumentIds> {
  const users = tableOf(strapi, USER_MODEL);
  const read = (statement: Knex.QueryBuilder): Promise<RawUser[]> =>
    statements === 'of-request' ? users.run(statement) : users.runInBackground(statement);
  return async (userIds) => {
    const found = new Map<number, string | null>();
    const distinct = [...new Set(userIds)].filter((id) => id !== null);
    for (const batch of batchesOf(distinct)) {
      const statement = users.query().whereIn('id', batch).select('id', 'document_id');
      for (const { id, document_id: documentId } of await read(statement))
        found.set(id, documentId);
    }
    return found;
  };
}
