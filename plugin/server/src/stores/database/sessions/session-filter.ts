import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import type { DeviceType, SessionState } from '../../../../../shared/contracts';
import { COLUMNS } from './session-row';

/** A span of time in Unix milliseconds, both ends included; `null` leaves an end open. */
export interface Span {
  fromMs: number | null;
  toMs: number | null;
}

/** A filter of sessions; `null` matches any value. */
export interface SessionFilter {
  search: string | null;
  state: SessionState | null;
  userId: number | null;
  /** The numbers of the rows. */
  rows: readonly number[] | null;
  ip: string | null;
  device: DeviceType | null;
  method: string | null;
  loggedInAt: Span;
  lastSeenAt: Span;
  terminatedAt: Span;
  /** Leaves out terminated sessions. */
  liveOnly: boolean;
}

/** Matches every session. */
export const EVERY_SESSION: SessionFilter = {
  search: null,
  state: null,
  userId: null,
  rows: null,
  ip: null,
  device: null,
  method: null,
  loggedInAt: { fromMs: null, toMs: null },
  lastSeenAt: { fromMs: null, toMs: null },
  terminatedAt: { fromMs: null, toMs: null },
  liveOnly: false,
};

/** Tells whether a filter has no condition but that sessions are live. */
export function matchesEverySession(filter: SessionFilter): boolean {
  return isDeepStrictEqual({ ...filter, liveOnly: false }, EVERY_SESSION);
}

const TERMINATED: SessionState = 'terminated';

/** Narrows a statement to the sessions that match a filter, except for the search and the user. */
export function narrow(statement: Knex.QueryBuilder, filter: SessionFilter): Knex.QueryBuilder {
  const equal: [string, string | number | null][] = [
    [COLUMNS.state, filter.state],
    [COLUMNS.ip, filter.ip],
    [COLUMNS.deviceType, filter.device],
    [COLUMNS.method, filter.method],
  ];
  for (const [column, value] of equal) if (value !== null) void statement.where(column, value);
  if (filter.rows !== null) void statement.whereIn('id', filter.rows);
  if (filter.liveOnly) void statement.whereNot(COLUMNS.state, TERMINATED);
  within(statement, COLUMNS.loggedInAtMs, filter.loggedInAt);
  within(statement, COLUMNS.lastSeenAtMs, filter.lastSeenAt);
  within(statement, COLUMNS.terminatedAtMs, filter.terminatedAt);
  return statement;
}

function within(statement: Knex.QueryBuilder, column: string, { fromMs, toMs }: Span): void {
  if (fromMs !== null) void statement.where(column, '>=', fromMs);
  if (toMs !== null) void statement.where(column, '<=', toMs);
}
