import type { Core, Settings } from '../../../shared/core';
import type { RefreshRotation } from '../services/sessions/refresh-rotation';
import type { RequestStates } from '../services/requests/request-state';
import type { Sessions } from '../services/sessions/sessions';
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
  sessions: Sessions;
  rotation: RefreshRotation;
  requestStates: RequestStates;
  inTransaction: SessionServices['inTransaction'];
  /** Pending writes of logins, by session id. */
  pending: Map<string, Promise<void>>;
}
