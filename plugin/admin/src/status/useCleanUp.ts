import { isFetchError, useFetchClient, useNotification } from '@strapi/strapi/admin';
import { useCallback, useState } from 'react';

import type { CleanUpResponse } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { useTranslate } from '../wording/useTranslate';

/** Provides a function that cleans up now, and tells the administrator how it went. */
export function useCleanUp(): { isRunning: boolean; run: () => Promise<void> } {
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const t = useTranslate();
  const [isRunning, setIsRunning] = useState(false);

  const run = useCallback(async () => {
    setIsRunning(true);
    try {
      const { data } = await post<CleanUpResponse>(`/${PLUGIN_ID}/sessions/clean-inactive`);
      const { inactive, terminated, deleted } = data.data;
      const message = t('status.cleanUpDid', { inactive, terminated, deleted });
      toggleNotification({ type: 'success', title: t('status.cleanUpDone'), message });
    } catch (error) {
      const isUnderWay = isFetchError(error) && error.status === 409;
      const message = t(isUnderWay ? 'status.cleanUpUnderWay' : 'status.cleanUpFailed');
      toggleNotification({ type: isUnderWay ? 'warning' : 'danger', message });
    }
    setIsRunning(false);
  }, [post, t, toggleNotification]);

  return { isRunning, run };
}
