import type { DeviceType, OwnSession, SessionState, SessionView } from './sessions';

/** Where a page stands in the whole list; pages count from 1. */
export interface Pagination {
  page: number;
  pageSize: number;
  pageCount: number;
  total: number;
}

/** The answer of `GET /sessions` and `GET /user/:userId/sessions`. */
export interface SessionList {
  data: SessionView[];
  meta: { pagination: Pagination };
}

/** The answer of `GET /my-sessions`. */
export interface OwnSessionList {
  data: OwnSession[];
  meta: { pagination: Pagination };
}

/** The fields a list can be sorted by. */
export const SORTABLE_FIELDS = ['loggedInAt', 'lastSeenAt', 'terminatedAt', 'state'] as const;
export type SortableField = (typeof SORTABLE_FIELDS)[number];

/** From when until when, both included, in ISO 8601; without one of them the span has no end there. */
export interface TimeSpan {
  $gte?: string;
  $lte?: string;
}

/** Which sessions are meant: those that match all that is given. */
export interface SessionFilters {
  state?: SessionState;
  userId?: number;
  /** Numbers of rows with commas between, at most 100. */
  row?: string;
  /** The whole address. */
  ip?: string;
  device?: DeviceType;
  method?: string;
  loggedInAt?: TimeSpan;
  lastSeenAt?: TimeSpan;
  terminatedAt?: TimeSpan;
}
