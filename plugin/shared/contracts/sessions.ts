/** The names of the states, in display order. */
export const SESSION_STATES = ['active', 'inactive', 'terminated'] as const;

/** The three states of a session; `terminated` is final. */
export type SessionState = (typeof SESSION_STATES)[number];

/** The numbers of the states in the core and in columns of sessions. */
export const STATE_NUMBERS: Readonly<Record<SessionState, number>> = {
  active: 0,
  inactive: 1,
  terminated: 2,
};

/** The states of a session that is not terminated. */
export const LIVE_STATES = ['active', 'inactive'] as const satisfies readonly SessionState[];

/** The reasons of the plugin's own terminations. */
export const BUILT_IN_REASONS = [
  'logout',
  'logout_all',
  'logout_others',
  'logout_remote',
  'admin',
  'idle',
  'expired',
  'password_changed',
  'user_blocked',
  'user_deleted',
  'role_changed',
  'session_limit',
  'refresh_reuse',
] as const;

/** Why the plugin terminated a session. */
export type BuiltInReason = (typeof BUILT_IN_REASONS)[number];

/**
 * Why an app's own code terminated a session: `app:` with a name of 1 to 64 letters, digits and the
 * characters `.`, `_`, `:`, `/`, `-`.
 */
export type AppReason = `app:${string}`;

/** Why a session was terminated. */
export type TerminationReason = BuiltInReason | AppReason;

/**
 * Why a token or a login is refused; `unknown` where there is no record of the session,
 * `refresh_superseded` where a refresh token was exchanged before and the session stays.
 */
export type RefusalReason = TerminationReason | 'unknown' | 'refresh_superseded';

/** The result of a second use of a refresh token that is no retry. */
export type RefreshReuseOutcome = 'terminated' | 'refused' | 'tolerated';

/** The kind of device that a user agent names. */
export type DeviceType = 'desktop' | 'mobile' | 'tablet' | 'other';

/** The device by its user agent; `null` where the user agent does not name it. */
export interface DeviceView {
  type: DeviceType;
  browser: string | null;
  os: string | null;
}

/** The kinds of networks, in display order. */
export const NETWORK_KINDS = [
  'hosting',
  'relay',
  'tor',
  'vpn',
  'proxy',
  'private',
  'reserved',
  'other',
  'unknown',
] as const;

/**
 * The kind of a network. `hosting`: that of a company that rents out servers. `private`: one that is no
 * part of the Internet. `reserved`: an address that no client on the Internet has. `unknown`: the
 * address cannot be read. `relay`, `tor`, `vpn` and `proxy` come from lists of the operator; `relay` hides an
 * address but keeps the country, as Apple's Private Relay does.
 */
export type NetworkKind = (typeof NETWORK_KINDS)[number];

/**
 * Where the network of an address is registered, or where the operator's database of cities says that it is. A person
 * need not be there.
 */
export interface LocationView {
  /** The two letters of ISO 3166-1; `null` where the country is not known. */
  country: string | null;
  network: NetworkKind;
  /** The English name of the city; `null` without the operator's database of cities. */
  city: string | null;
  /** The number of the autonomous system; `null` without the operator's database of them. */
  asn: number | null;
  /** The name of the organization that has the autonomous system, likewise. */
  organization: string | null;
}

/** The user of a session; the names are `null` once the account is gone. */
export interface SessionUser {
  id: number;
  username: string | null;
  email: string | null;
}

/** The facts of a session, never a token. Times are in ISO 8601 in UTC. */
export interface SessionFacts {
  id: string;
  state: SessionState;
  reason: TerminationReason | null;
  method: string;
  loggedInAt: string;
  lastSeenAt: string;
  /**
   * When it ends by itself: with the last of its tokens, or at the absolute timeout if that is
   * earlier; `null` if it is terminated, or if neither is known.
   */
  expiresAt: string | null;
  terminatedAt: string | null;
  ip: string | null;
  /** Where its address is; `null` without an address, and where `geo` is off. */
  location: LocationView | null;
  userAgent: string | null;
  device: DeviceView;
}

/** One session in the admin API. */
export interface SessionView extends SessionFacts {
  user: SessionUser;
}

/** One session in the API of its own user. */
export interface OwnSession extends SessionFacts {
  /** Whether the request itself belongs to this session. */
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
