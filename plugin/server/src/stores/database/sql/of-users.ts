import type { Knex } from 'knex';
import { USER_MODEL, type Strapi } from '../../../strapi';
import { whereValue, type Values } from './conditions';
import { tableOf, type Table } from './table';

/** The columns that tell whose a row is. */
export const OWNER_COLUMNS = { userId: 'user_id', userDocumentId: 'user_document_id' } as const;

/** Narrows a statement to the rows of users. */
export type OfUsers = (statement: Knex.QueryBuilder, userIds: Values<number>) => void;

/** Narrows a statement to the rows whose user id has not become that of another user. */
export type OwnRows = (statement: Knex.QueryBuilder) => void;

/** Creates the narrowing to users for a table with the {@link OWNER_COLUMNS}. */
export function createOfUsers(strapi: Strapi, table: Pick<Table, 'name' | 'raw'>): OfUsers {
  const ownRows = createOwnRows(strapi, table);
  return (statement, userIds) => {
    whereValue(statement, OWNER_COLUMNS.userId, userIds);
    if (userIds.among !== null) ownRows(statement);
  };
}

/**
 * Creates the narrowing to own rows for a table with the {@link OWNER_COLUMNS}.
 *
 * An import gives ids to other users, but keeps document ids. Rows of a user who is gone are found by
 * the id alone, and so are those of a user that SQL has written without a document id.
 */
export function createOwnRows(strapi: Strapi, table: Pick<Table, 'name' | 'raw'>): OwnRows {
  const users = tableOf(strapi, USER_MODEL).name;
  const userId = `${table.name}.${OWNER_COLUMNS.userId}`;
  const documentId = `${table.name}.${OWNER_COLUMNS.userDocumentId}`;

  return (statement) => {
    const isOwn = table.raw(
      `not exists (select 1 from ?? as owners where owners.id = ??
        and owners.document_id is not null and (?? is null or owners.document_id <> ??))`,
      [users, userId, documentId, documentId],
    );
    void statement.whereRaw(isOwn);
  };
}
