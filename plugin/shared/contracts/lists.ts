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

/** A span of time in ISO 8601, both ends included; a missing end is open. All operators have to hold. */
export interface TimeSpan {
  $eq?: string;
  $gte?: string;
  $lte?: string;
}

/** An instant in ISO 8601, or a span of time. */
type TimeFilter = string | TimeSpan;

/** A value, several of which one has to match, or operators that all have to hold. */
type ValueFilter<T> =
  T | readonly T[] | { $eq?: T; $ne?: T; $in?: readonly T[]; $notIn?: readonly T[] };

/** A filter of sessions; a session has to match every given field. */
export interface SessionFilters {
  state?: ValueFilter<SessionState>;
  userId?: ValueFilter<number>;
  /** Numbers of rows, at most 100; a text has them with commas between. */
  row?: ValueFilter<number | string>;
  /** The whole address. */
  ip?: ValueFilter<string>;
  device?: ValueFilter<DeviceType>;
  method?: ValueFilter<string>;
  loggedInAt?: TimeFilter;
  lastSeenAt?: TimeFilter;
  terminatedAt?: TimeFilter;
}
