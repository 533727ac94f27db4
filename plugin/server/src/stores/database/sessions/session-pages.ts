import type { Knex } from 'knex';
import type { SessionState, SortableField } from '../../../../../shared/contracts';
import type { Strapi } from '../../../strapi';
import { liveOnly, narrow, type SessionFilter } from './session-filter';
import { COLUMNS, fromColumns, PROVISIONAL, type RawRow, type SessionRow } from './session-row';
import { createSessionSearch } from './session-search';
import { createOfUsers } from '../sql/of-users';
import { tableOf } from '../sql/table';

/** The number of a row. */
type Id = number;

/** A page of matching sessions in an order; pages count from 1. */
export interface ListQuery extends SessionFilter {
  page: number;
  pageSize: number;
  sort: { field: SortableField; direction: 'asc' | 'desc' };
}

/** The position of a walk through the live sessions. */
export interface LiveWalk {
  filter: SessionFilter;
  /** Sessions that began later are left out. */
  loggedInUntilMs: number;
  /** The number of the last row seen; 0 to begin with. */
  after: number;
  limit: number;
}

/** Reads the pages of a list of sessions. */
export interface SessionPages {
  /** Reads a page; a search lists the first {@link MAX_FOUND} matches. */
  read(query: ListQuery): Promise<{ rows: SessionRow[]; total: number }>;
  /** Counts the sessions of each state; a state without sessions is left out. */
  countStates(): Promise<Map<SessionState, number>>;
  count(filter: SessionFilter): Promise<number>;
  /** Reads the next ids of a walk through the matching live sessions, oldest row first. */
  liveIds(walk: LiveWalk): Promise<{ sessionIds: string[]; last: number }>;
}

/** The maximum number of matches of a search; counting more would read the whole table. */
export const MAX_FOUND = 1000;

const EVERY_COLUMN = Object.values(COLUMNS);

/** The columns of each order, each with an index; ties are in the order of the rows. */
const SORT_COLUMNS: Record<SortableField, string[]> = {
  loggedInAt: [COLUMNS.loggedInAtMs, 'id'],
  lastSeenAt: [COLUMNS.lastSeenAtMs, 'id'],
  terminatedAt: [COLUMNS.terminatedAtMs, 'id'],
  state: [COLUMNS.state, COLUMNS.lastSeenAtMs, 'id'],
};

/** The rows of a list or of a part of it; at most `max` of them are counted. */
interface Rows {
  statement: () => Knex.QueryBuilder;
  max: number;
}

/** A part of a list with the number of its rows. */
interface Part extends Rows {
  total: number;
}

/** Opens the pages over the tables of sessions and of users. */
export function createSessionPages(strapi: Strapi): SessionPages {
  const sessions = tableOf(strapi, 'plugin::magic-sessionmanager.session');
  const search = createSessionSearch(strapi);
  const ofUsers = createOfUsers(strapi, sessions);

  const narrowed = (filter: SessionFilter): Knex.QueryBuilder => {
    const statement = narrow(sessions.query(), filter);
    ofUsers(statement, filter.userId);
    return statement;
  };

  const matching = (filter: SessionFilter): Knex.QueryBuilder => {
    const statement = narrowed(filter);
    return filter.search === null ? statement : search.narrow(statement, filter.search);
  };

  async function countOf({ statement, max }: Rows): Promise<number> {
    const rows: Knex.QueryBuilder = Number.isFinite(max)
      ? sessions.query().from(statement().limit(max).select('id').as('first'))
      : statement();
    const counted = await sessions.run<{ total: number | string }>(
      rows.count({ total: '*' }).first(),
    );
    return Number(counted.total);
  }

  /** A search uses indexes; it scans the rows only where there are many matches. */
  async function rowsFor(query: ListQuery): Promise<Rows> {
    if (query.search === null) return { statement: () => matching(query), max: Infinity };
    const ids = await search.matchingIds(query.search);
    const statement = (): Knex.QueryBuilder =>
      ids ? narrowed(query).whereIn('id', ids) : matching(query);
    return { statement, max: MAX_FOUND };
  }

  /**
   * By `terminatedAt`, live sessions precede all others, because databases order NULL differently.
   */
  async function partsOf(rows: Rows, { field, direction }: ListQuery['sort']): Promise<Part[]> {
    const terminated = (): Knex.QueryBuilder =>
      rows.statement().whereNotNull(COLUMNS.terminatedAtMs);
    const live = (): Knex.QueryBuilder => rows.statement().whereNull(COLUMNS.terminatedAtMs);
    const statements = field === 'terminatedAt' ? [live, terminated] : [rows.statement];
    if (direction === 'desc') statements.reverse();
    const parts: Part[] = [];
    for (const statement of statements) {
      parts.push({ ...rows, statement, total: await countOf({ ...rows, statement }) });
    }
    return parts;
  }

  /** The database also reads skipped rows, so a page near the end is read from the end. */
  async function slice(part: Part, sort: ListQuery['sort'], skip: number, size: number) {
    const { statement, total, max } = part;
    const limit = Math.min(size, total - skip);
    const rest = total - skip - limit;
    const fromEnd = rest < skip && total < max;
    const direction = fromEnd ? OPPOSITE[sort.direction] : sort.direction;
    const page = statement().limit(limit);
    for (const column of SORT_COLUMNS[sort.field]) void page.orderBy(column, direction);
    const rows = await pageOf(page, fromEnd ? rest : skip);
    return fromEnd ? rows.reverse() : rows;
  }

  /** A page with skipped rows is read in two steps: the ids by the index, then their columns. */
  async function pageOf(page: Knex.QueryBuilder, skip: number): Promise<SessionRow[]> {
    if (skip === 0)
      return (await sessions.run<RawRow[]>(page.select(EVERY_COLUMN))).map(fromColumns);
    return await rowsOf(await sessions.run<Id[]>(page.offset(skip).pluck('id')));
  }

  async function rowsOf(ids: Id[]): Promise<SessionRow[]> {
    const statement = sessions
      .query()
      .whereIn('id', ids)
      .select(['id', ...EVERY_COLUMN]);
    const found = await sessions.run<(RawRow & { id: Id })[]>(statement);
    const rows = new Map(found.map((row) => [row.id, row]));
    return ids.flatMap((id) => rows.get(id) ?? []).map(fromColumns);
  }

  return {
    count: (filter) => countOf({ statement: () => matching(filter), max: Infinity }),

    async read(query) {
      const rows = await rowsFor(query);
      const parts = await partsOf(rows, query.sort);
      const total = Math.min(rows.max, sumOf(parts));
      let skip = (query.page - 1) * query.pageSize;
      const size = Math.min(query.pageSize, total - skip);
      const found: SessionRow[] = [];
      for (const part of parts) {
        const missing = size - found.length;
        if (missing > 0 && skip < part.total)
          found.push(...(await slice(part, query.sort, skip, missing)));
        skip = Math.max(0, skip - part.total);
      }
      return { rows: found, total };
    },

    async countStates() {
      const counted = await sessions.run<{ state: SessionState; total: number | string }[]>(
        sessions
          .query()
          .whereNot(COLUMNS.state, PROVISIONAL)
          .select(COLUMNS.state)
          .count({ total: '*' })
          .groupBy(COLUMNS.state),
      );
      return new Map(counted.map(({ state, total }) => [state, Number(total)]));
    },

    async liveIds({ filter, loggedInUntilMs, after, limit }) {
      const rows = await sessions.run<{ id: number; session_id: string }[]>(
        matching(liveOnly(filter))
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

const OPPOSITE = { asc: 'desc', desc: 'asc' } as const;

function sumOf(parts: Part[]): number {
  return parts.reduce((sum, { total }) => sum + total, 0);
}
