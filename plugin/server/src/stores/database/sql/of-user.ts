import type { Knex } from 'knex';
import { USER_MODEL, type Strapi } from '../../../strapi';
import { tableOf } from './table';

/** The columns that tell whose a row is. */
export const OWNER_COLUMNS = { userId: 'user_id', userDocumentId: 'user_document_id' } as const;

/**
 * Narrows a statement to the rows of a user.
 *
 * An import gives ids to other users, but keeps document ids. Rows of a user who is gone are found by
 * the id alone.
 */
export type OfUser = (statement: Knex.QueryBuilder, userId: number) => Knex.QueryBuilder;

/** Creates the narrowing for tables with the {@link OWNER_COLUMNS}. */
export function createOfUser(strapi: Strapi): OfUser {
  const users = tableOf(strapi, USER_MODEL);
  return (statement, userId) => {
    const documentId = (): Knex.QueryBuilder =>
      users.query().where('id', userId).select('document_id');
    return statement.where(OWNER_COLUMNS.userId, userId).where((whose) => {
      void whose
        .whereNotExists(documentId())
        .orWhere(OWNER_COLUMNS.userDocumentId, '=', documentId());
    });
  };
}
