import { Box, Flex, Loader } from '@strapi/design-system';
import { Pagination } from '@strapi/strapi/admin';
import type { ReactNode } from 'react';

import type { Pagination as Place } from '../../../../shared/contracts';
import type { LiveList } from '../../data/useLiveList';
import { useTranslate } from '../../wording/useTranslate';
import { DEFAULT_PAGE_SIZE, PAGE_SIZES } from '../../data/listQuery';
import type { TranslationKey } from '../../wording/translationId';
import { LoadingFailed } from './EmptyStates';

interface ListContentProps<List> {
  live: Pick<LiveList<List>, 'status' | 'list' | 'refresh'>;
  /** What is said while there is no list yet, and when it could not be loaded. */
  loading: TranslationKey;
  failed: TranslationKey;
  /** What stands in for a list without entries. */
  empty: ReactNode;
  children: (list: List) => ReactNode;
}

/** A list with its pagination, or what stands in for it. */
export function PagedList<List extends { meta: { pagination: Place } }>({
  live,
  loading,
  failed,
  empty,
  children,
}: ListContentProps<List>) {
  const t = useTranslate();
  const { status, list, refresh } = live;
  if (status === 'failed') {
    return <LoadingFailed text={failed} onRetry={refresh} />;
  }
  if (list === null) {
    return (
      <Flex justifyContent="center" padding={11}>
        <Loader>{t(loading)}</Loader>
      </Flex>
    );
  }

  const { pageCount, total } = list.meta.pagination;
  if (total === 0) {
    return empty;
  }
  return (
    <Box style={{ opacity: status === 'switching' ? 0.6 : 1 }}>
      {children(list)}
      <Pagination.Root pageCount={pageCount} total={total} defaultPageSize={DEFAULT_PAGE_SIZE}>
        <Pagination.PageSize options={PAGE_SIZES.map(String)} />
        <Pagination.Links />
      </Pagination.Root>
    </Box>
  );
}
