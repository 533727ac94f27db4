import { useEffect } from 'react';

import type { Pagination } from '../../../shared/contracts';
import type { QueryResult } from './useServerQuery';

/** Goes to the last page that is left when rows are gone and the page is beyond it. */
export function useClampedPage(
  { status, data }: QueryResult<{ meta: { pagination: Pagination } }>,
  page: number,
  correctPage: (page: number) => void,
): void {
  const pageCount = data?.meta.pagination.pageCount ?? 1;
  const lastPage = status === 'ready' ? Math.max(pageCount, 1) : null;
  useEffect(() => {
    if (lastPage !== null && page > lastPage) {
      correctPage(lastPage);
    }
  }, [correctPage, lastPage, page]);
}
