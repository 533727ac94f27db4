import { Box, Flex, Loader } from '@strapi/design-system';
import { Pagination } from '@strapi/strapi/admin';
import type { ReactNode } from 'react';

import type { Pagination as Place } from '../../../../shared/contracts';
import type { ServerQuery } from '../../data/useServerQuery';
import { useTranslate } from '../../wording/useTranslate';
import { DEFAULT_PAGE_SIZE, PAGE_SIZES } from '../../data/listQuery';
import type { TranslationKey } from '../../wording/translationId';
import { LoadingFailed } from './EmptyStates';

interface PagedListProps<Page> {
  list: Omit<ServerQuery<Page>, 'edit'>;
  /** The texts before the first answer, and after a failure. */
  loading: TranslationKey;
  failed: TranslationKey;
  /** Replaces a list without entries. */
  empty: ReactNode;
  children: (page: Page) => ReactNode;
}

/** A page of a list with its pagination, or a placeholder. */
export function PagedList<Page extends { meta: { pagination: Place } }>({
  list,
  loading,
  failed,
  empty,
  children,
}: PagedListProps<Page>) {
  const t = useTranslate();
  const { status, data: page } = list.state;
  if (page === null && status === 'failed') {
    return <LoadingFailed text={failed} onRetry={list.reload} />;
  }
  if (page === null) {
    return (
      <Flex justifyContent="center" padding={11}>
        <Loader>{t(loading)}</Loader>
      </Flex>
    );
  }

  const { pageCount, total } = page.meta.pagination;
  if (total === 0) {
    return empty;
  }
  return (
    <Box style={{ opacity: status === 'loading' ? 0.6 : 1 }}>
      {children(page)}
      <Pagination.Root pageCount={pageCount} total={total} defaultPageSize={DEFAULT_PAGE_SIZE}>
        <Pagination.PageSize options={PAGE_SIZES.map(String)} />
        <Pagination.Links />
      </Pagination.Root>
    </Box>
  );
}
