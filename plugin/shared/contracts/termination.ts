import type { SessionFilters } from './lists';
import type { SessionView } from './sessions';

/** The answer of `POST /logout`, `/logout-all`, `/logout-others` and `/user/:userId/terminate-all`. */
export interface TerminateAllResponse {
  data: { terminated: number };
}

/** The body of `POST /sessions/terminate`: which sessions end, all of them with empty filters. */
export interface TerminateMatchingRequest {
  filters: SessionFilters;
  /** A search by user names, e-mail addresses, browsers, systems and beginnings of IP addresses. */
  _q?: string;
  /** Only says how many would end. */
  dryRun?: boolean;
}

/** The answer of `POST /sessions/terminate` with `dryRun`: how many would end, and the first ones. */
export interface TerminatePreviewResponse {
  data: { count: number; sessions: SessionView[] };
}

/** The answer of `POST /user/:userId/toggle-block`. */
export interface BlockResponse {
  data: { userId: number; blocked: boolean };
}
