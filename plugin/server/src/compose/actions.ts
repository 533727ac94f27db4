import { createBulkTermination, type BulkTermination } from '../services/actions/bulk-termination';
import { createMySessions, type MySessions } from '../services/actions/my-sessions';
import {
  createSessionsService,
  type OwnSessionsService,
} from '../services/actions/sessions-service';
import { createTokenCheck, type TokenCheck } from '../services/actions/token-check';
import type { Strapi } from '../strapi';
import type { RequestServices } from './requests';
import type { SessionServices } from './sessions';
import type { Stores } from './stores';
import type { ViewServices } from './views';

/** The actions of users and administrators. */
export interface ActionServices {
  mySessions: MySessions;
  bulkTermination: BulkTermination;
  tokenCheck: TokenCheck;
  sessionsService: OwnSessionsService;
}

/** What the actions are composed of. */
interface ActionParts {
  requests: RequestServices;
  sessions: SessionServices;
  views: ViewServices;
}

/** The used part of users-permissions' `jwt` service. */
interface JwtService {
  verify(token: string): unknown;
}

export function composeActions(
  strapi: Strapi,
  stores: Stores,
  { requests, sessions: { sessions, continuation, tokens }, views }: ActionParts,
): ActionServices {
  const pages = stores.sessionPages;
  const jwt = (): JwtService => strapi.plugin('users-permissions').service('jwt');
  const tokenCheck = createTokenCheck(sessions, tokens, (token) => jwt().verify(token));
  return {
    mySessions: createMySessions(stores.sessions, pages, sessions, views.factsOf),
    bulkTermination: createBulkTermination(pages, views.sessionList, sessions),
    tokenCheck,
    sessionsService: createSessionsService({
      pages,
      sessions,
      tokenCheck,
      factsOf: views.factsOf,
      sessionOf: (ctx) => requests.states.peek(ctx)?.session ?? null,
      isInRequest: () => requests.states.current() !== undefined,
      choose: (sessionId) => continuation.choose(sessionId),
    }),
  };
}
