import type { SessionFilters } from './lists';
import type { SessionView } from './sessions';

/**
 * The answer of `POST /logout`, `/logout-all`, `/logout-others` and `/user/:userId/terminate-all`.
 */
export interface TerminateAllResponse {
  data: { terminated: number };
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
