import {
  ONLINE_WITHIN_MS,
  SESSION_STATES,
  SORTABLE_FIELDS,
  type SessionState,
  type SortableField,
} from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { midnightBefore } from '../data/calendarDay';
import {
  PAGE_PARAMETERS,
  readPage,
  serverPage,
  type PageQuery,
  type SortOrder,
} from '../data/listQuery';

/** A span of time up to now: seen within the last minutes, or terminated since midnight. */
export type Within = 'online' | 'today';

/** The filters, order and page of the list. */
export interface SessionQuery extends PageQuery {
  sort: SortableField;
  order: SortOrder;
  /** Free text; empty means none. */
  search: string;
  /** `null` means every state. */
  state: SessionState | null;
  /** `null` means at any time. */
  within: Within | null;
}

/** The filters of a query as the server takes them, in an address or in a body. */
export interface ServerFilters {
  state?: SessionState;
  lastSeenAt?: { $gte: string };
  terminatedAt?: { $gte: string };
}

/** Names of the address's parameters, the same as the server's if Strapi's own parts allow it. */
export const PARAMETERS = {
  ...PAGE_PARAMETERS,
  sort: 'sort',
  search: '_q',
  state: 'filters[state]',
  within: 'within',
} as const;

const WITHIN: readonly Within[] = ['online', 'today'];

/** Reads a query from the page's address; missing or invalid parameters get their defaults. */
export function readSessionQuery(parameters: URLSearchParams): SessionQuery {
  const [field, order] = (parameters.get(PARAMETERS.sort) ?? '').split(':');
  const state = parameters.get(PARAMETERS.state);
  return {
    ...readPage(parameters),
    sort: SORTABLE_FIELDS.find((known) => known === field) ?? 'lastSeenAt',
    order: order?.toLowerCase() === 'asc' ? 'asc' : 'desc',
    search: parameters.get(PARAMETERS.search)?.trim() ?? '',
    state: SESSION_STATES.find((known) => known === state) ?? null,
    within: WITHIN.find((known) => known === parameters.get(PARAMETERS.within)) ?? null,
  };
}

/** Whether a search or a filter narrows the list. */
export function isNarrowed({ search, state, within }: SessionQuery): boolean {
  return search !== '' || state !== null || within !== null;
}

/** Gives the filters of a query at an instant, in Unix milliseconds. */
export function filtersOf({ state, within }: SessionQuery, nowMs: number): ServerFilters {
  const online = { $gte: new Date(nowMs - ONLINE_WITHIN_MS).toISOString() };
  return {
    ...(state !== null && { state }),
    ...(within === 'online' && { lastSeenAt: online }),
    ...(within === 'today' && { terminatedAt: { $gte: midnightBefore(nowMs) } }),
  };
}

/** Gives the server's path for a query at an instant, in Unix milliseconds. */
export function sessionListPath(query: SessionQuery, nowMs: number): string {
  const parameters = new URLSearchParams({
    ...serverPage(query),
    sort: `${query.sort}:${query.order}`,
  });
  if (query.search !== '') {
    parameters.set('_q', query.search);
  }
  const { state, lastSeenAt, terminatedAt } = filtersOf(query, nowMs);
  if (state !== undefined) {
    parameters.set('filters[state]', state);
  }
  if (lastSeenAt !== undefined) {
    parameters.set('filters[lastSeenAt][$gte]', lastSeenAt.$gte);
  }
  if (terminatedAt !== undefined) {
    parameters.set('filters[terminatedAt][$gte]', terminatedAt.$gte);
  }
  return `/${PLUGIN_ID}/sessions?${parameters.toString()}`;
}
