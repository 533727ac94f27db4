import { useCallback, useMemo } from 'react';

import type { SessionState, SortableField } from '../../../shared/contracts';
import { putParameter } from '../data/listQuery';
import { PARAMETERS, readSessionQuery, type SessionQuery, type Within } from './sessionQuery';
import { useListSearchParams } from '../data/useListSearchParams';

/** The query in the page's address, and the functions that change it. */
export interface SessionQueryControls {
  query: SessionQuery;
  /** Sorts by a field; a second press reverses the direction. Goes back to page 1. */
  sortBy: (field: SortableField) => void;
  /** Shows one state, or all with `null`, at any time or within one. Goes back to page 1. */
  filterBy: (state: SessionState | null, within?: Within | null) => void;
  /** Removes search and filters. */
  showAll: () => void;
  /** Goes to a page without a new entry in the browser's history. */
  correctPage: (page: number) => void;
}

/** Reads the query of the sessions from the page's address. */
export function useSessionQuery(): SessionQueryControls {
  const { parameters, change, correctPage } = useListSearchParams();
  const query = useMemo(() => readSessionQuery(parameters), [parameters]);

  const sortBy = useCallback(
    (field: SortableField) => {
      const turned = query.order === 'desc' ? 'asc' : 'desc';
      const first = field === 'state' ? 'asc' : 'desc';
      const order = query.sort === field ? turned : first;
      change((next) => next.set(PARAMETERS.sort, `${field}:${order}`), true);
    },
    [change, query],
  );

  const filterBy = useCallback(
    (state: SessionState | null, within: Within | null = null) =>
      change((next) => {
        putParameter(next, PARAMETERS.state, state);
        putParameter(next, PARAMETERS.within, within);
      }),
    [change],
  );

  const showAll = useCallback(
    () =>
      change((next) => {
        next.delete(PARAMETERS.search);
        next.delete(PARAMETERS.state);
        next.delete(PARAMETERS.within);
      }),
    [change],
  );

  return { query, sortBy, filterBy, showAll, correctPage };
}
