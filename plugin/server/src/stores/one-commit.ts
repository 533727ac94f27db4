import type { Strapi } from '../strapi';
import { againIfUndone } from './undone';

/** Does work whose writes belong together: all of them are committed at once, or none is. */
export type InOneCommit = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Makes the way to write in one commit; inside a transaction of the caller it is that one's. The work
 * is to ask the database alone: another request may wait for the connection that it holds.
 */
export function createOneCommit(strapi: Strapi): InOneCommit {
  return (work) =>
    strapi.db.inTransaction()
      ? work()
      : againIfUndone(async () => await strapi.db.transaction(work));
}
