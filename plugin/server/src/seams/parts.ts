import type { Core, Settings } from '../../../shared/core';
import type { AccountCheck } from '../services/sessions/account-check';
import type { Continuation } from '../services/sessions/continuation/continuation';
import type { LoginBinding } from '../services/sessions/logins/login-binding';
import type { PrincipalNews } from '../services/principals/principal-news';
import type { PrincipalReads } from '../services/principals/principal-reads';
import type { PermittedActions } from '../services/principals/permitted-actions';
import type { PublishEvent } from '../services/journal/event-hub';
import type { RateLimiter } from '../services/limits/rate-limiter';
import type { RefusedTokens } from '../services/journal/refused-tokens';
import type { RefreshRotation } from '../services/sessions/refresh-rotation';
import type { RequestAttempts } from '../services/login-protection/request-attempts';
import type { KnownPlaces } from '../services/login-protection/known-places';
import type { AccountAttempts } from '../services/login-protection/account-attempts';
import type { RequestFacts } from '../services/requests/login-facts';
import type { RequestStates } from '../services/requests/request-state';
import type { SessionExpiry } from '../services/sessions/session-expiry';
import type { ProvisionalSessions } from '../services/sessions/logins/provisional-sessions';
import type { Sessions } from '../services/sessions/sessions';
import type { TokenReader } from '../services/sessions/tokens/token-reader';
import type { SessionServices } from '../compose/sessions';
import type { Accounts } from '../services/users/accounts';
import type { Strapi } from '../strapi';

/** Dependencies of the seams. */
export interface SeamParts {
  strapi: Strapi;
  core: Core;
  /** Returns the current settings. */
  settings: () => Settings;
  accounts: Accounts;
  attempts: RequestAttempts;
  accountAttempts: AccountAttempts;
  places: KnownPlaces;
  refreshes: RateLimiter;
  accountCheck: AccountCheck;
  binding: LoginBinding;
  continuation: Continuation;
  expiry: SessionExpiry;
  permittedActions: PermittedActions;
  principals: PrincipalReads;
  principalNews: PrincipalNews;
  provisionals: ProvisionalSessions;
  sessions: Sessions;
  tokens: TokenReader;
  rotation: RefreshRotation;
  publish: PublishEvent;
  refusedTokens: RefusedTokens;
  requestStates: RequestStates;
  facts: RequestFacts;
  inTransaction: SessionServices['inTransaction'];
  afterCommit: SessionServices['afterCommit'];
  watchCommit: SessionServices['watchCommit'];
  /** Pending writes of logins, by the ids that their tokens are found by. */
  pending: Map<string, Promise<void>>;
}
