import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import type { DeviceType, SessionState } from '../../../../../shared/contracts';
import {
  ANY_TIME,
  ANY_VALUE,
  whereTime,
  whereValue,
  type Span,
  type Values,
} from '../sql/conditions';
import { COLUMNS, PROVISIONAL } from './session-row';

/** A filter of sessions. */
export interface SessionFilter {
  /** `null` matches any session. */
  search: string | null;
  state: Values<SessionState>;
  userId: Values<number>;
  /** The numbers of the rows. */
  row: Values<number>;
  ip: Values<string>;
  device: Values<DeviceType>;
  method: Values<string>;
  loggedInAt: Span;
  lastSeenAt: Span;
  terminatedAt: Span;
}

/** Matches every session. */
export const EVERY_SESSION: SessionFilter = {
  search: null,
  state: ANY_VALUE,
  userId: ANY_VALUE,
  row: ANY_VALUE,
  ip: ANY_VALUE,
  device: ANY_VALUE,
  method: ANY_VALUE,
  loggedInAt: ANY_TIME,
  lastSeenAt: ANY_TIME,
  terminatedAt: ANY_TIME,
};

/** Tells whether a filter has no condition. */
export function matchesEverySession(filter: SessionFilter): boolean {
  return isDeepStrictEqual(filter, EVERY_SESSION);
}

const TERMINATED: SessionState = 'terminated';

/** Leaves terminated sessions out of a filter. */
export function liveOnly<Filter extends SessionFilter>(filter: Filter): Filter {
  const { among, except } = filter.state;
  return { ...filter, state: { among, except: [...except, TERMINATED] } };
}

/** Narrows a statement to the sessions that match a filter, except for the search and the users. */
export function narrow(statement: Knex.QueryBuilder, filter: SessionFilter): Knex.QueryBuilder {
  void statement.whereNot(COLUMNS.state, PROVISIONAL);
  whereValue(statement, COLUMNS.state, filter.state);
  whereValue(statement, 'id', filter.row);
  whereValue(statement, COLUMNS.ip, filter.ip);
  whereValue(statement, COLUMNS.deviceType, filter.device);
  whereValue(statement, COLUMNS.method, filter.method);
  whereTime(statement, COLUMNS.loggedInAtMs, filter.loggedInAt);
  whereTime(statement, COLUMNS.lastSeenAtMs, filter.lastSeenAt);
  whereTime(statement, COLUMNS.terminatedAtMs, filter.terminatedAt);
  return statement;
}
