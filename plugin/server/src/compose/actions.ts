import { createBulkTermination, type BulkTermination } from '../services/actions/bulk-termination';
import { createMySessions, type MySessions } from '../services/actions/my-sessions';
import type { SessionServices } from './sessions';
import type { Stores } from './stores';
import type { ViewServices } from './views';

/** The actions of users and administrators. */
export interface ActionServices {
  mySessions: MySessions;
  bulkTermination: BulkTermination;
}

export function composeActions(
  stores: Stores,
  { sessions }: SessionServices,
  { sessionList }: ViewServices,
): ActionServices {
  const pages = stores.sessionPages;
  return {
    mySessions: createMySessions(stores.sessions, pages, sessions),
    bulkTermination: createBulkTermination(pages, sessionList, sessions),
  };
}
