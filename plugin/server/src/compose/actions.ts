import { createBulkTermination, type BulkTermination } from '../services/actions/bulk-termination';
import { createMySessions, type MySessions } from '../services/actions/my-sessions';
import { createUserBlocking, type UserBlocking } from '../services/actions/user-blocking';
import type { Strapi } from '../strapi';
import type { SessionServices } from './sessions';
import type { Stores } from './stores';
import type { ViewServices } from './views';

/** What users and administrators may do. */
export interface ActionServices {
  mySessions: MySessions;
  bulkTermination: BulkTermination;
  userBlocking: UserBlocking;
}

export function composeActions(
  strapi: Strapi,
  stores: Stores,
  { sessions }: SessionServices,
  { sessionList }: ViewServices,
): ActionServices {
  const pages = stores.sessionPages;
  return {
    mySessions: createMySessions(stores.sessions, pages, sessions),
    bulkTermination: createBulkTermination(pages, sessionList, sessions),
    userBlocking: createUserBlocking(strapi),
  };
}
