import { isFetchError, useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';

import type { StatusAnswer } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';

/** How the plugin is doing, on its way into the browser; `forbidden` without the right to see it. */
export type StatusState =
  | { status: 'loading' }
  | { status: 'ready'; facts: StatusAnswer['data'] }
  | { status: 'forbidden' }
  | { status: 'failed' };

/** Loads the status once, and anew when it is asked to. */
export function useStatus(): { state: StatusState; load: () => void } {
  const { get } = useFetchClient();
  const [state, setState] = useState<StatusState>({ status: 'loading' });

  const load = useCallback(() => {
    get<StatusAnswer>(`/${PLUGIN_ID}/status`).then(
      ({ data }) => setState({ status: 'ready', facts: data.data }),
      (error: unknown) => {
        const isForbidden = isFetchError(error) && error.status === 403;
        setState({ status: isForbidden ? 'forbidden' : 'failed' });
      },
    );
  }, [get]);
  useEffect(load, [load]);

  return { state, load };
}
