import { useFetchClient, useNotification } from '@strapi/strapi/admin';
import { useCallback } from 'react';

import type { TerminateAllResponse, TerminatePreviewResponse } from '../../../../shared/contracts';
import { PLUGIN_ID } from '../../pluginId';
import { filtersOf, type SessionQuery } from '../sessionQuery';
import { useTranslate } from '../../wording/useTranslate';

/** How many sessions would end, and the first of them. */
export type BulkPreview = TerminatePreviewResponse['data'];

/** Ends the sessions that a query means, after saying which. */
export interface BulkTerminate {
  /** Asks which would end; `null` if the server does not say. */
  preview: (query: SessionQuery) => Promise<BulkPreview | null>;
  /** Ends them and says how it went; false if it did not. */
  terminate: (query: SessionQuery) => Promise<boolean>;
}

const PATH = `/${PLUGIN_ID}/sessions/terminate`;

/** Provides {@link BulkTerminate}. */
export function useBulkTerminate(): BulkTerminate {
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const t = useTranslate();

  const preview = useCallback(
    async (query: SessionQuery) => {
      try {
        const body = { ...bodyOf(query), dryRun: true };
        return (await post<TerminatePreviewResponse>(PATH, body)).data.data;
      } catch {
        toggleNotification({ type: 'danger', message: t('error.content') });
        return null;
      }
    },
    [post, t, toggleNotification],
  );

  const terminate = useCallback(
    async (query: SessionQuery) => {
      try {
        const { data } = await post<TerminateAllResponse>(PATH, bodyOf(query));
        const message = t('bulk.success', { count: data.data.terminated });
        toggleNotification({ type: 'success', message });
        return true;
      } catch {
        toggleNotification({ type: 'danger', message: t('bulk.failed') });
        return false;
      }
    },
    [post, t, toggleNotification],
  );

  return { preview, terminate };
}

function bodyOf(query: SessionQuery): object {
  const filters = filtersOf(query, Date.now());
  return query.search === '' ? { filters } : { filters, _q: query.search };
}
