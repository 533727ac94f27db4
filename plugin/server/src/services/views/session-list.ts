import type { Pagination, SessionList, SessionView } from '../../../../shared/contracts';
import type { ListQuery, SessionPages } from '../../stores/database/sessions/session-pages';
import type { SessionRow } from '../../stores/database/sessions/session-row';
import type { SessionStore } from '../../stores/database/sessions/session-store';
import type { Strapi } from '../../strapi';
import type { FactsOf } from './session-facts';
import { usersOf } from './users';

export type { SessionFilter } from '../../stores/database/sessions/session-filter';
export type { Span, Values } from '../../stores/database/sql/conditions';
export { ANY_VALUE, only } from '../../stores/database/sql/conditions';
export { liveOnly } from '../../stores/database/sessions/session-filter';
export type { ListQuery } from '../../stores/database/sessions/session-pages';

/** Reads sessions for administrators: facts and names, never a token. */
export interface SessionListReader {
  page(query: ListQuery): Promise<SessionList>;
  /** Returns one session; `null` if there is no such session. */
  find(sessionId: string): Promise<SessionView | null>;
}

export function createSessionListReader(
  strapi: Strapi,
  store: SessionStore,
  pages: SessionPages,
  factsOf: FactsOf,
): SessionListReader {
  const viewsOf = createSessionViews(strapi, factsOf);
  return {
    async page(query) {
      const { rows, total } = await pages.read(query);
      return {
        data: await viewsOf(rows),
        meta: { pagination: paginationOf(query, total) },
      };
    },

    async find(sessionId) {
      const row = await store.find(sessionId);
      const [view] = await viewsOf(row ? [row] : []);
      return view ?? null;
    },
  };
}

/** Returns the position of a page in a list of `total` items. */
export function paginationOf(
  { page, pageSize }: Pick<ListQuery, 'page' | 'pageSize'>,
  total: number,
): Pagination {
  return { page, pageSize, pageCount: Math.ceil(total / pageSize), total };
}

/** Creates the reader of sessions with the names of their users. */
export function createSessionViews(
  strapi: Strapi,
  factsOf: FactsOf,
): (rows: SessionRow[]) => Promise<SessionView[]> {
  return async (rows) => {
    const userOf = await usersOf(strapi, rows);
    return rows.map((row) => ({ ...factsOf(row), user: userOf(row) }));
  };
}
