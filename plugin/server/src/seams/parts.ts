import type { Core, Settings } from '../../../shared/core';
import type { RefreshRotation } from '../services/refresh-rotation';
import type { Notebook } from '../services/request-notes';
import type { Sessions } from '../services/sessions';
import type { InOneCommit } from '../stores/one-commit';
import type { Strapi } from '../strapi';

/** What the seams work with. */
export interface SeamParts {
  strapi: Strapi;
  core: Core;
  /** Gives the options in force. */
  settings: () => Settings;
  sessions: Sessions;
  rotation: RefreshRotation;
  notebook: Notebook;
  inOneCommit: InOneCommit;
  /** Logins whose rows are being written, by session id. */
  pending: Map<string, Promise<void>>;
}
