import { JOURNAL_EVENTS, type JournalEvent } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { dayFrom, endOf, startOf } from '../data/calendarDay';
import { positiveInteger, readPage, serverPage, type PageQuery } from '../data/listQuery';
import { JOURNAL_USER_PARAMETER } from '../data/pagePaths';

/** Which entries of the journal the page shows; `null` means any. */
export interface JournalQuery extends PageQuery {
  what: JournalEvent | null;
  userId: number | null;
  /** The first and the last day, such as `2026-05-04`, by the browser's time zone. */
  from: string | null;
  until: string | null;
}

/** A part of the query that narrows the list. */
export type JournalFilter = Exclude<keyof JournalQuery, keyof PageQuery>;

/** Names of the address's parameters, the same as the server's where both take the same values. */
export const JOURNAL_PARAMETERS: Record<JournalFilter, string> = {
  what: 'filters[what]',
  userId: JOURNAL_USER_PARAMETER,
  from: 'from',
  until: 'until',
};

/** The largest user id that the server accepts. */
const LARGEST_ID = 2 ** 31 - 1;

/** Reads a query from the page's address; missing or invalid parameters get their defaults. */
export function readJournalQuery(parameters: URLSearchParams): JournalQuery {
  const read = (filter: JournalFilter) => parameters.get(JOURNAL_PARAMETERS[filter]);
  const userId = positiveInteger(read('userId'));
  return {
    ...readPage(parameters),
    what: JOURNAL_EVENTS.find((known) => known === read('what')) ?? null,
    userId: userId !== null && userId <= LARGEST_ID ? userId : null,
    from: dayFrom(read('from')),
    until: dayFrom(read('until')),
  };
}

/** Whether a filter narrows the list. */
export function isJournalNarrowed({ what, userId, from, until }: JournalQuery): boolean {
  return [what, userId, from, until].some((filter) => filter !== null);
}

/** Gives the server's path for a query. */
export function journalPath({ what, userId, from, until, ...page }: JournalQuery): string {
  const parameters = new URLSearchParams(serverPage(page));
  if (what !== null) {
    parameters.set('filters[what]', what);
  }
  if (userId !== null) {
    parameters.set('filters[userId]', String(userId));
  }
  if (from !== null) {
    parameters.set('filters[at][$gte]', startOf(from).toISOString());
  }
  if (until !== null) {
    parameters.set('filters[at][$lte]', endOf(until).toISOString());
  }
  return `/${PLUGIN_ID}/journal?${parameters.toString()}`;
}
