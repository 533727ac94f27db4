import { useFetchClient } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';

import type { SessionDetails, SessionDetailsAnswer, SessionView } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';

/** What is known of a session beside its row: nothing yet, nothing at all, or the details. */
export type DetailsState =
  { status: 'loading' } | { status: 'failed' } | { status: 'loaded'; details: SessionDetails };

/** Loads the details of a session, and anew when its state changes while they are shown. */
export function useSessionDetails({ id, state }: SessionView): DetailsState {
  const { get } = useFetchClient();
  const [loaded, setLoaded] = useState<DetailsState>({ status: 'loading' });

  useEffect(() => {
    const request = new AbortController();
    get<SessionDetailsAnswer>(`/${PLUGIN_ID}/sessions/${encodeURIComponent(id)}`, {
      signal: request.signal,
    }).then(
      ({ data }) => setLoaded({ status: 'loaded', details: data.data }),
      () => {
        if (!request.signal.aborted) {
          setLoaded({ status: 'failed' });
        }
      },
    );
    return () => request.abort();
  }, [get, id, state]);

  return loaded;
}
