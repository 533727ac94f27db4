import type { TerminationReason } from './sessions';

/** The session of a verified token. */
export interface VerifiedSession {
  sessionId: string;
  userId: number;
}

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
  /**
   * Verifies the access token of a user and returns its session, such as for the handshake of a
   * socket.
   *
   * @throws Error where a request with the token would be refused, or the database does not answer.
   */
  verify(token: string): Promise<VerifiedSession>;
  /**
   * Tells whether a session is active still; the session counts as seen by requests only.
   *
   * @throws Error where the database does not answer.
   */
  isActive(sessionId: string): Promise<boolean>;
  /**
   * Says which session the tokens belong to that the current request issues from now on.
   *
   * If the session is terminated, they are refused: the answer is 401 with the reason. A token for
   * another user than the session's begins a session.
   *
   * @param sessionId The claim `msm` of any token of the session, or `sessionId` in the mode
   *   `refresh`; `null` for a login, whatever old tokens the request carries.
   * @throws Error outside of a request.
   */
  continue(sessionId: string | null): void;
}
