import type { DeviceType, OwnSession, SessionState, SessionView } from './sessions';

/** The position of a page in the whole list; pages count from 1. */
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

/** A span of time in ISO 8601, both ends included; a missing end is open. */
export interface TimeSpan {
  $gte?: string;
  $lte?: string;
}

/** A filter of sessions; a session has to match every given field. */
export interface SessionFilters {
  state?: SessionState;
  userId?: number;
  /** Comma-separated numbers of rows, at most 100. */
  row?: string;
  /** The whole address. */
  ip?: string;
  device?: DeviceType;
  method?: string;
  loggedInAt?: TimeSpan;
  lastSeenAt?: TimeSpan;
  terminatedAt?: TimeSpan;
}
