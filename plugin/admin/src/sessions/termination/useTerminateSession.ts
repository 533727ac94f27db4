import { useCallback } from 'react';

import type { SessionResponse, SessionView } from '../../../../shared/contracts';
import { useServerAction } from '../../data/useServerAction';
import { PLUGIN_ID } from '../../pluginId';
import { useSessionLabels } from '../../wording/useSessionLabels';
import { useTranslate } from '../../wording/useTranslate';

/** The outcome of a termination: the session's new state, or the reason why there is none. */
export type TerminateOutcome =
  { type: 'terminated'; session: SessionView } | { type: 'gone' } | { type: 'failed' };

const NOT_FOUND = 404;

/** Terminates a session and notifies the administrator of the outcome. */
export function useTerminateSession(): (session: SessionView) => Promise<TerminateOutcome> {
  const { run } = useServerAction();
  const { userName } = useSessionLabels();
  const t = useTranslate();

  return useCallback(
    async (session) => {
      const path = `/${PLUGIN_ID}/sessions/${encodeURIComponent(session.id)}/terminate`;
      const values = { user: userName(session) };
      const outcome = await run(async ({ post }) => (await post<SessionResponse>(path)).data.data, {
        success: () => t('terminate.success', values),
        failure: t('terminate.failed', values),
        failureByStatus: {
          403: t('terminate.forbidden'),
          [NOT_FOUND]: t('terminate.gone', values),
        },
      });
      if (outcome.type === 'done') {
        return { type: 'terminated', session: outcome.data };
      }
      return { type: outcome.httpStatus === NOT_FOUND ? 'gone' : 'failed' };
    },
    [run, t, userName],
  );
}
