import type { TerminationReason } from './sessions';

/** What an app's own code may call: `strapi.plugin('magic-sessionmanager').service('sessions')`. */
export interface OfferedSessions {
  /**
   * Ends every session of a user, or of `'everyone'`, that began before an instant (Unix
   * milliseconds); one row, however many sessions. An instant yet to come counts as now.
   */
  endBefore(who: number | 'everyone', atMs: number, reason: TerminationReason): Promise<void>;
}
