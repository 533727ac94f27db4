import { isFetchError, useFetchClient, useNotification } from '@strapi/strapi/admin';
import { useCallback } from 'react';

import type { SessionResponse, SessionView } from '../../../../shared/contracts';
import { PLUGIN_ID } from '../../pluginId';
import type { TranslationKey } from '../../wording/translationId';
import { useSessionLabels } from '../../wording/useSessionLabels';
import { useTranslate } from '../../wording/useTranslate';

/** What came of an attempt to end a session: its new state, or why there is none. */
export type TerminateOutcome =
  { type: 'terminated'; session: SessionView } | { type: 'gone' } | { type: 'failed' };

/** Provides a function that ends a session and tells the administrator how it went. */
export function useTerminateSession(): (session: SessionView) => Promise<TerminateOutcome> {
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const { userName } = useSessionLabels();
  const t = useTranslate();

  return useCallback(
    async (session) => {
      const values = { user: userName(session) };
      try {
        const path = `/${PLUGIN_ID}/sessions/${encodeURIComponent(session.id)}/terminate`;
        const { data } = await post<SessionResponse>(path);
        toggleNotification({ type: 'success', message: t('terminate.success', values) });
        return { type: 'terminated', session: data.data };
      } catch (error) {
        const status = isFetchError(error) ? error.status : undefined;
        toggleNotification({ type: 'danger', message: t(failureText(status), values) });
        return { type: status === 404 ? 'gone' : 'failed' };
      }
    },
    [post, t, toggleNotification, userName],
  );
}

function failureText(status: number | undefined): TranslationKey {
  switch (status) {
    case 403:
      return 'terminate.forbidden';
    case 404:
      return 'terminate.gone';
    default:
      return 'terminate.failed';
  }
}
