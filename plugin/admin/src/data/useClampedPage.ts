import { useEffect } from 'react';

import type { Pagination } from '../../../shared/contracts';
import type { LiveList } from './useLiveList';

/** Any list that comes in pages. */
type Pages = Pick<LiveList<{ meta: { pagination: Pagination } }>, 'status' | 'list'>;

/** Goes to the last page that is left once a page is beyond it: rows may go while it is open. */
export function useClampedPage(
  { status, list }: Pages,
  page: number,
  correctPage: (page: number) => void,
): void {
  const pageCount = list?.meta.pagination.pageCount ?? 1;
  const lastPage = status === 'live' ? Math.max(pageCount, 1) : null;
  useEffect(() => {
    if (lastPage !== null && page > lastPage) {
      correctPage(lastPage);
    }
  }, [correctPage, lastPage, page]);
}
