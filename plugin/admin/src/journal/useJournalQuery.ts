import { useCallback, useMemo } from 'react';

import {
  JOURNAL_PARAMETERS,
  readJournalQuery,
  type JournalFilter,
  type JournalQuery,
} from './journalQuery';
import { putParameter } from '../data/listQuery';
import { useListSearchParams } from '../data/useListSearchParams';

/** The query in the page's address, and the functions that change it. */
export interface JournalQueryControls {
  query: JournalQuery;
  /** Sets one filter, or removes it with `null`. Goes back to page 1. */
  filterBy: (filter: JournalFilter, value: string | null) => void;
  /** Removes all filters. */
  showAll: () => void;
  /** Goes to a page without a new entry in the browser's history. */
  correctPage: (page: number) => void;
}

/** Reads the query of the journal from the page's address. */
export function useJournalQuery(): JournalQueryControls {
  const { parameters, change, correctPage } = useListSearchParams();
  const query = useMemo(() => readJournalQuery(parameters), [parameters]);

  const filterBy = useCallback(
    (filter: JournalFilter, value: string | null) =>
      change((next) => putParameter(next, JOURNAL_PARAMETERS[filter], value)),
    [change],
  );

  const showAll = useCallback(
    () =>
      change((next) => {
        Object.values(JOURNAL_PARAMETERS).forEach((name) => next.delete(name));
      }),
    [change],
  );

  return { query, filterBy, showAll, correctPage };
}
