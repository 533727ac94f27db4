import { useCallback } from 'react';

import type { CleanUpResponse } from '../../../shared/contracts';
import { useServerAction } from '../data/useServerAction';
import { PLUGIN_ID } from '../pluginId';
import { useTranslate } from '../wording/useTranslate';

/** Runs the clean-up and notifies the administrator of its outcome. */
export function useCleanUp(): { isRunning: boolean; run: () => Promise<void> } {
  const action = useServerAction();
  const t = useTranslate();

  const run = useCallback(async () => {
    await action.run(
      async ({ post }) =>
        (await post<CleanUpResponse>(`/${PLUGIN_ID}/sessions/clean-inactive`)).data.data,
      {
        success: ({ inactive, terminated, deleted }) => ({
          title: t('status.cleanUpDone'),
          message: t('status.cleanUpDid', { inactive, terminated, deleted }),
        }),
        failure: t('status.cleanUpFailed'),
        failureByStatus: { 409: { type: 'warning', message: t('status.cleanUpRunning') } },
      },
    );
  }, [action.run, t]);

  return { isRunning: action.isRunning, run };
}
