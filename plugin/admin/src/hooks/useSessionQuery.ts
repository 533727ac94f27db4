import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

import type { SessionState, SortableField } from '../../../shared/contracts';
import {
  PARAMETERS,
  readSessionQuery,
  type SessionQuery,
  type Within,
} from '../utils/sessionQuery';

/** The query in the page's address, and the ways to change it. */
export interface SessionQueryControls {
  query: SessionQuery;
  /** Sorts by a field; the field in force turns its direction round. Goes back to page 1. */
  sortBy: (field: SortableField) => void;
  /** Shows one state only, or all with `null`, at any time or within one. Goes back to page 1. */
  filterBy: (state: SessionState | null, within?: Within | null) => void;
  /** Takes search and filter away. */
  showAll: () => void;
  /** Goes to a page without a new entry in the browser's history. */
  correctPage: (page: number) => void;
}

/** Keeps the list's query in the page's address, so that it survives reloads and can be shared. */
export function useSessionQuery(): SessionQueryControls {
  const [parameters, setParameters] = useSearchParams();
  const query = useMemo(() => readSessionQuery(parameters), [parameters]);

  const change = useCallback(
    (edit: (next: URLSearchParams) => void, replace = false) => {
      const next = new URLSearchParams(parameters);
      next.delete(PARAMETERS.page);
      edit(next);
      setParameters(next, { replace });
    },
    [parameters, setParameters],
  );

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
        put(next, PARAMETERS.state, state);
        put(next, PARAMETERS.within, within);
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

  const correctPage = useCallback(
    (page: number) => change((next) => next.set(PARAMETERS.page, String(page)), true),
    [change],
  );

  return { query, sortBy, filterBy, showAll, correctPage };
}

function put(parameters: URLSearchParams, name: string, value: string | null): void {
  if (value === null) {
    parameters.delete(name);
  } else {
    parameters.set(name, value);
  }
}
