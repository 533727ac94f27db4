import type { TerminationReason } from './sessions';

/**
 * The service for an app's own code: `strapi.plugin('magic-sessionmanager').service('sessions')`.
 */
export interface SessionsService {
  /**
   * Terminates every session of a user, or of `'everyone'`, that began before an instant.
   *
   * It writes one row, however many sessions there are. With an instant that is not in the past, it
   * also refuses the logins under way.
   *
   * @param atMs Unix milliseconds; an instant in the future counts as now.
   * @throws RangeError where `who` is neither an id nor `'everyone'`, or `atMs` is not finite.
   */
  terminateBefore(who: number | 'everyone', atMs: number, reason: TerminationReason): Promise<void>;
  /** An alias of {@link SessionsService.terminateBefore}. */
  endBefore: SessionsService['terminateBefore'];
}
