import type { TerminationReason } from './sessions';

/** What an app's own code may call: `strapi.plugin('magic-sessionmanager').service('sessions')`. */
export interface SessionsService {
  /**
   * Terminates every session of a user, or of `'everyone'`, that began before an instant.
   *
   * It writes one row, however many sessions there are.
   *
   * @param atMs Unix milliseconds; an instant yet to come counts as now.
   */
  terminateBefore(who: number | 'everyone', atMs: number, reason: TerminationReason): Promise<void>;
  /** An alias of {@link SessionsService.terminateBefore}. */
  endBefore: SessionsService['terminateBefore'];
}
