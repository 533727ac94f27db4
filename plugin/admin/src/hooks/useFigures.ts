import { useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';

import type { SessionFigures, StatusAnswer } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { midnightBefore } from '../utils/sessionQuery';
import { usePolling } from './usePolling';

const REFRESH_INTERVAL_MS = 10_000;

/**
 * Loads how many sessions there are, and keeps the figures current while the tab is visible.
 *
 * @returns The newest figures, `null` until there are any; and what asks for them at once.
 */
export function useFigures(): { figures: SessionFigures | null; refresh: () => void } {
  const { get } = useFetchClient();
  const [figures, setFigures] = useState<SessionFigures | null>(null);

  const refresh = useCallback(() => {
    const since = encodeURIComponent(midnightBefore(Date.now()));
    get<StatusAnswer>(`/${PLUGIN_ID}/status?since=${since}`).then(
      ({ data }) => setFigures(data.data.sessions),
      // The list says when the server does not answer; the figures stay as they were.
      () => undefined,
    );
  }, [get]);
  useEffect(refresh, [refresh]);
  usePolling(refresh, REFRESH_INTERVAL_MS);

  return { figures, refresh };
}
