import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

import { PAGE_PARAMETERS } from './listQuery';

/** The parameters of a list in the page's address, and the functions that change them. */
export interface ListSearchParams {
  parameters: URLSearchParams;
  /** Edits them and goes back to page 1; `replace` adds no entry to the browser's history. */
  change: (edit: (next: URLSearchParams) => void, replace?: boolean) => void;
  /** Goes to a page without a new entry in the browser's history. */
  correctPage: (page: number) => void;
}

/** Keeps the query of a list in the page's address, to survive reloads and be shared. */
export function useListSearchParams(): ListSearchParams {
  const [parameters, setParameters] = useSearchParams();

  const change = useCallback(
    (edit: (next: URLSearchParams) => void, replace = false) => {
      const next = new URLSearchParams(parameters);
      next.delete(PAGE_PARAMETERS.page);
      edit(next);
      setParameters(next, { replace });
    },
    [parameters, setParameters],
  );

  const correctPage = useCallback(
    (page: number) => change((next) => next.set(PAGE_PARAMETERS.page, String(page)), true),
    [change],
  );

  return { parameters, change, correctPage };
}
