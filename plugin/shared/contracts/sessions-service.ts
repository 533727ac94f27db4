import type { SessionFacts, SessionState, TerminationReason } from './sessions';
import type { TwoStepLogins } from './two-step-logins';

/** A session and its user. */
export interface VerifiedSession {
  sessionId: string;
  userId: number;
}

/** The codes of the errors that {@link SessionsService} throws for bad arguments. */
export type SessionsServiceErrorCode =
  | 'invalid_user_id'
  | 'invalid_session_id'
  | 'invalid_reason'
  | 'invalid_instant'
  | 'invalid_state'
  | 'invalid_context'
  | 'invalid_method'
  | 'no_request';

/** The error for a bad argument; the code stays the same in all versions. */
export interface SessionsServiceError extends RangeError {
  code: SessionsServiceErrorCode;
}

/** Which sessions {@link SessionsService.list} returns. */
export interface ListedSessions {
  /** By default `active` and `inactive`. */
  state?: SessionState | readonly SessionState[];
}

/**
 * The service for an app's own code: `strapi.plugin('magic-sessionmanager').service('sessions')`.
 *
 * A bad argument is answered by a {@link SessionsServiceError}.
 */
export interface SessionsService extends TwoStepLogins {
  /**
   * Lists the sessions of a user, newest login first.
   *
   * @throws SessionsServiceError `invalid_user_id`, `invalid_state`.
   */
  list(userId: number, options?: ListedSessions): Promise<SessionFacts[]>;
  /**
   * Terminates a session, also one that has not begun; returns whether its tokens could be used until then.
   *
   * @param reason `app:` and a name of the app's own, or a reason of the plugin's.
   * @throws SessionsServiceError `invalid_session_id`, `invalid_reason`.
   */
  terminate(sessionId: string, reason: TerminationReason): Promise<boolean>;
  /**
   * Terminates all sessions of a user, logins under way included; returns their number without those.
   *
   * @throws SessionsServiceError `invalid_user_id`, `invalid_reason`.
   */
  terminateAll(userId: number, reason: TerminationReason): Promise<number>;
  /**
   * Terminates every session of a user, or of `'everyone'`, that began before an instant.
   *
   * It writes one row, however many sessions there are. With an instant that is not in the past, it
   * also refuses the logins under way.
   *
   * @param atMs Unix milliseconds; an instant in the future counts as now.
   * @throws SessionsServiceError `invalid_user_id`, `invalid_instant`, `invalid_reason`.
   */
  terminateBefore(who: number | 'everyone', atMs: number, reason: TerminationReason): Promise<void>;
  /** An alias of {@link SessionsService.terminateBefore}. */
  endBefore: SessionsService['terminateBefore'];
  /**
   * Returns the session of the token that a request came with; `null` for a visitor or an API token.
   *
   * Strapi must have authenticated the request before: call it in a policy, a controller or a service.
   *
   * @throws SessionsServiceError `invalid_context`.
   */
  of(ctx: object): VerifiedSession | null;
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
   * @throws SessionsServiceError `invalid_session_id`; `no_request` outside of a request.
   */
  continue(sessionId: string | null): void;
}
