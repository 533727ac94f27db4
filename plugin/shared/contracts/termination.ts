import type { SessionFilters } from './lists';
import type { SessionView } from './sessions';

/**
 * The answer of `POST /logout-all`, `/logout-others` and `/user/:userId/terminate-all`.
 */
export interface TerminateAllResponse {
  data: { terminated: number };
}

/** The body of `POST /logout`; all of it may be missing. */
export interface LogoutRequest {
  /** The refresh token of the session, where the access token is over. */
  refreshToken?: string;
}

/** The answer of `POST /logout`. */
export interface LogoutResponse {
  /** `null` where a refresh token alone was sent: whether it is valid is not told. */
  data: { terminated: number | null };
}

/** The body of `POST /sessions/terminate`; empty filters select all sessions. */
export interface TerminateMatchingRequest {
  filters: SessionFilters;
  /** A search by user names, e-mail addresses, browsers, systems and prefixes of IP addresses. */
  _q?: string;
  /** Only counts the sessions, and terminates none. */
  dryRun?: boolean;
}

/**
 * The answer of `POST /sessions/terminate` with `dryRun`: the number of matches, and the first
 * ones.
 */
export interface TerminatePreviewResponse {
  data: { count: number; sessions: SessionView[] };
}

/** The body of `POST /user/:userId/block`. */
export interface BlockRequest {
  blocked: boolean;
}

/** The answer of `POST /user/:userId/block` and of its predecessor `toggle-block`. */
export interface BlockResponse {
  data: { userId: number; blocked: boolean };
}
