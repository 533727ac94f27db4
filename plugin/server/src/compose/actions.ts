import { createBulkTermination, type BulkTermination } from '../services/actions/bulk-termination';
import { createMySessions, type MySessions } from '../services/actions/my-sessions';
import { createTokenCheck, type TokenCheck } from '../services/actions/token-check';
import type { Strapi } from '../strapi';
import type { SessionServices } from './sessions';
import type { Stores } from './stores';
import type { ViewServices } from './views';

/** The actions of users and administrators. */
export interface ActionServices {
  mySessions: MySessions;
  bulkTermination: BulkTermination;
  tokenCheck: TokenCheck;
}

/** The used part of users-permissions' `jwt` service. */
interface JwtService {
  verify(token: string): unknown;
}

export function composeActions(
  strapi: Strapi,
  stores: Stores,
  { sessions, tokens }: SessionServices,
  { sessionList }: ViewServices,
): ActionServices {
  const pages = stores.sessionPages;
  const jwt = (): JwtService => strapi.plugin('users-permissions').service('jwt');
  return {
    mySessions: createMySessions(stores.sessions, pages, sessions),
    bulkTermination: createBulkTermination(pages, sessionList, sessions),
    tokenCheck: createTokenCheck(sessions, tokens, (token) => jwt().verify(token)),
  };
}
