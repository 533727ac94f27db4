/** The states by name, in the order in which they are shown. */
export const SESSION_STATES = ['active', 'inactive', 'terminated'] as const;

/** The three states of a session; `terminated` is final. */
export type SessionState = (typeof SESSION_STATES)[number];

/** How the core, and columns of sessions, number the states. */
export const STATE_NUMBERS: Readonly<Record<SessionState, number>> = {
  active: 0,
  inactive: 1,
  terminated: 2,
};

/** The states of a session that is not terminated. */
export const LIVE_STATES = ['active', 'inactive'] as const satisfies readonly SessionState[];

/** Why a session was terminated. */
export type TerminationReason =
  | 'logout'
  | 'logout_all'
  | 'logout_others'
  | 'admin'
  | 'idle'
  | 'expired'
  | 'password_changed'
  | 'user_blocked'
  | 'user_deleted'
  | 'role_changed'
  | 'session_limit'
  | 'refresh_reuse';

/** Why a token or a login is refused; `unknown` where the record of its session is gone. */
export type RefusalReason = TerminationReason | 'unknown';

/** The broad kind of device a user agent names. */
export type DeviceType = 'desktop' | 'mobile' | 'tablet' | 'other';

/** What a user agent says about the device; `null` where it says nothing. */
export interface DeviceView {
  type: DeviceType;
  browser: string | null;
  os: string | null;
}

/** The user a session belongs to; names are `null` once the account is gone. */
export interface SessionUser {
  id: number;
  username: string | null;
  email: string | null;
}

/** What an API shows of a session: facts only, never a token. Times are ISO 8601 in UTC. */
export interface SessionFacts {
  id: string;
  state: SessionState;
  reason: TerminationReason | null;
  method: string;
  loggedInAt: string;
  lastSeenAt: string;
  terminatedAt: string | null;
  ip: string | null;
  userAgent: string | null;
  device: DeviceView;
}

/** One session as the admin API shows it. */
export interface SessionView extends SessionFacts {
  user: SessionUser;
}

/** One session as its own user sees it; `current` is the one that the request itself belongs to. */
export interface OwnSession extends SessionFacts {
  current: boolean;
}

/** The answer of `POST /sessions/:sessionId/terminate`. */
export interface SessionResponse {
  data: SessionView;
}

/** The answer of `GET /current-session` and `DELETE /my-sessions/:id`. */
export interface OwnSessionResponse {
  data: OwnSession;
}
