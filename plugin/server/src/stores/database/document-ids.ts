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

/** Creates a reader of the document ids of users; a user who is gone is not in it. */
export function createDocumentIds(
  strapi: Strapi,
): (userIds: readonly (number | null)[]) => Promise<DocumentIds> {
  const users = tableOf(strapi, USER_MODEL);
  return async (userIds) => {
    const found = new Map<number, string | null>();
    const distinct = [...new Set(userIds)].filter((id) => id !== null);
    for (const batch of batchesOf(distinct)) {
      const statement = users.query().whereIn('id', batch).select('id', 'document_id');
      for (const { id, document_id: documentId } of await users.run<RawUser[]>(statement))
        found.set(id, documentId);
    }
    return found;
  };
}
