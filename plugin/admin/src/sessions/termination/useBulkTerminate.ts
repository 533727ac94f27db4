import { useCallback } from 'react';

import type { TerminateAllResponse, TerminatePreviewResponse } from '../../../../shared/contracts';
import { useServerAction } from '../../data/useServerAction';
import { PLUGIN_ID } from '../../pluginId';
import { useTranslate } from '../../wording/useTranslate';
import { filtersOf, type SessionQuery } from '../sessionQuery';

/** The number of sessions that would be terminated, and the first of them. */
export type BulkPreview = TerminatePreviewResponse['data'];

/** Terminates the sessions that match a query. */
export interface BulkTerminate {
  /** Loads the sessions that would be terminated; `null` after a failure. */
  preview: (query: SessionQuery) => Promise<BulkPreview | null>;
  /** Terminates them; false after a failure. */
  terminate: (query: SessionQuery) => Promise<boolean>;
}

const PATH = `/${PLUGIN_ID}/sessions/terminate`;

/** Terminates the sessions that match a query, and notifies the administrator of the outcome. */
export function useBulkTerminate(): BulkTerminate {
  const { run } = useServerAction();
  const t = useTranslate();

  const preview = useCallback(
    async (query: SessionQuery) => {
      const body = { ...bodyOf(query), dryRun: true };
      const outcome = await run(
        async ({ post }) => (await post<TerminatePreviewResponse>(PATH, body)).data.data,
        { failure: t('error.content') },
      );
      return outcome.type === 'done' ? outcome.data : null;
    },
    [run, t],
  );

  const terminate = useCallback(
    async (query: SessionQuery) => {
      const outcome = await run(
        async ({ post }) => (await post<TerminateAllResponse>(PATH, bodyOf(query))).data.data,
        {
          success: ({ terminated }) => t('bulk.success', { count: terminated }),
          failure: t('bulk.failed'),
        },
      );
      return outcome.type === 'done';
    },
    [run, t],
  );

  return { preview, terminate };
}

function bodyOf(query: SessionQuery): object {
  const filters = filtersOf(query, Date.now());
  return query.search === '' ? { filters } : { filters, _q: query.search };
}
