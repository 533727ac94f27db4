import type { Knex } from 'knex';
import type { DeviceType, SessionState, SortableField } from '../../../shared/contracts';
import type { Strapi } from '../strapi';
import { COLUMNS, fromColumns, type RawRow, type SessionRow } from './session-row';
import { tableOf } from './table';

/** A span of time in Unix milliseconds, both ends included; `null` leaves an end open. */
export interface Span {
  fromMs: number | null;
  toMs: number | null;
}

/** Which sessions are meant; `null` means any. */
export interface SessionFilter {
  search: string | null;
  state: SessionState | null;
  userId: number | null;
  ip: string | null;
  device: DeviceType | null;
  method: string | null;
  loggedInAt: Span;
  lastSeenAt: Span;
  terminatedAt: Span;
  /** Leaves out what has ended. */
  liveOnly: boolean;
}

/** Which sessions to list, in what order, and which page of them; pages count from 1. */
export interface ListQuery extends SessionFilter {
  page: number;
  pageSize: number;
  sort: { field: SortableField; direction: 'asc' | 'desc' };
}

/** Where a walk through the live sessions stands: those that began later are not part of it. */
export interface LiveWalk {
  filter: SessionFilter;
  loggedInUntilMs: number;
  /** The number of the last row seen; 0 to begin with. */
  after: number;
  limit: number;
}

/** Reads the pages of a list of sessions. */
export interface SessionPages {
  read(query: ListQuery): Promise<{ rows: SessionRow[]; total: number }>;
  /** Counts the sessions of each state; a state without any is left out. */
  countStates(): Promise<Map<SessionState, number>>;
  count(filter: SessionFilter): Promise<number>;
  /** Reads the next ids of a walk through matching sessions that have not ended, oldest row first. */
  liveIds(walk: LiveWalk): Promise<{ sessionIds: string[]; last: number }>;
}

/** Means every session. */
export const EVERY_SESSION: SessionFilter = {
  search: null,
  state: null,
  userId: null,
  ip: null,
  device: null,
  method: null,
  loggedInAt: { fromMs: null, toMs: null },
  lastSeenAt: { fromMs: null, toMs: null },
  terminatedAt: { fromMs: null, toMs: null },
  liveOnly: false,
};

const SORT_COLUMNS: Record<SortableField, string> = {
  loggedInAt: COLUMNS.loggedInAtMs,
  lastSeenAt: COLUMNS.lastSeenAtMs,
  terminatedAt: COLUMNS.terminatedAtMs,
  state: COLUMNS.state,
};

const ENDED: SessionState = 'terminated';

const SEARCHED = [COLUMNS.ip, COLUMNS.browser, COLUMNS.os];

/** Opens the pages over the tables of sessions and of users. */
export function createSessionPages(strapi: Strapi): SessionPages {
  const sessions = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  const users = tableOf(strapi, 'plugin::users-permissions.user');

  const matching = (filter: SessionFilter): Knex.QueryBuilder => {
    const statement = sessions.query();
    const equal: [string, string | number | null][] = [
      [COLUMNS.state, filter.state],
      [COLUMNS.userId, filter.userId],
      [COLUMNS.ip, filter.ip],
      [COLUMNS.deviceType, filter.device],
      [COLUMNS.method, filter.method],
    ];
    for (const [column, value] of equal) if (value !== null) void statement.where(column, value);
    if (filter.liveOnly) void statement.whereNot(COLUMNS.state, ENDED);
    within(statement, COLUMNS.loggedInAtMs, filter.loggedInAt);
    within(statement, COLUMNS.lastSeenAtMs, filter.lastSeenAt);
    within(statement, COLUMNS.terminatedAtMs, filter.terminatedAt);
    if (filter.search) void statement.where(containing(filter.search));
    return statement;
  };

  const containing = (search: string) => (where: Knex.QueryBuilder) => {
    const pattern = `%${search.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
    const named = users
      .query()
      .select('id')
      .where(like(['username', 'email'], pattern));
    void where.where(like(SEARCHED, pattern)).orWhereIn(COLUMNS.userId, named);
  };

  async function count(filter: SessionFilter): Promise<number> {
    const counted = await sessions.run<{ total: number | string }>(
      matching(filter).count({ total: '*' }).first(),
    );
    return Number(counted.total);
  }

  return {
    count,

    async read(query) {
      const total = await count(query);
      const rows = await sessions.run<RawRow[]>(
        matching(query)
          .orderBy(SORT_COLUMNS[query.sort.field], query.sort.direction)
          .orderBy('id', query.sort.direction)
          .limit(query.pageSize)
          .offset((query.page - 1) * query.pageSize)
          .select(Object.values(COLUMNS)),
      );
      return { rows: rows.map(fromColumns), total };
    },

    async countStates() {
      const counted = await sessions.run<{ state: SessionState; total: number | string }[]>(
        sessions.query().select(COLUMNS.state).count({ total: '*' }).groupBy(COLUMNS.state),
      );
      return new Map(counted.map(({ state, total }) => [state, Number(total)]));
    },

    async liveIds({ filter, loggedInUntilMs, after, limit }) {
      const rows = await sessions.run<{ id: number; session_id: string }[]>(
        matching({ ...filter, liveOnly: true })
          .where(COLUMNS.loggedInAtMs, '<=', loggedInUntilMs)
          .where('id', '>', after)
          .orderBy('id')
          .limit(limit)
          .select('id', COLUMNS.sessionId),
      );
      const sessionIds = rows.map((row) => row[COLUMNS.sessionId]);
      return { sessionIds, last: rows.at(-1)?.id ?? after };
    },
  };
}

function within(statement: Knex.QueryBuilder, column: string, { fromMs, toMs }: Span): void {
  if (fromMs !== null) void statement.where(column, '>=', fromMs);
  if (toMs !== null) void statement.where(column, '<=', toMs);
}

function like(columns: string[], pattern: string) {
  return (where: Knex.QueryBuilder): void => {
    for (const column of columns)
      void where.orWhereRaw(`lower(??) like ? escape '!'`, [column, pattern]);
  };
}
