import { isFetchError, useFetchClient } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';

import type { SessionDetails, SessionDetailsAnswer, SessionState } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';

/** The details of a session on their way into the browser; `gone` where its record was deleted. */
export type DetailsState =
  | { status: 'loading' }
  | { status: 'gone' }
  | { status: 'failed' }
  | { status: 'loaded'; details: SessionDetails };

/** Loads the details of a session, and anew when a state that is given changes. */
export function useSessionDetails(sessionId: string, state?: SessionState): DetailsState {
  const { get } = useFetchClient();
  const [loaded, setLoaded] = useState<DetailsState>({ status: 'loading' });

  useEffect(() => {
    const request = new AbortController();
    get<SessionDetailsAnswer>(`/${PLUGIN_ID}/sessions/${encodeURIComponent(sessionId)}`, {
      signal: request.signal,
    }).then(
      ({ data }) => setLoaded({ status: 'loaded', details: data.data }),
      (error: unknown) => {
        if (!request.signal.aborted) {
          const isGone = isFetchError(error) && error.status === 404;
          setLoaded({ status: isGone ? 'gone' : 'failed' });
        }
      },
    );
    return () => request.abort();
  }, [get, sessionId, state]);

  return loaded;
}
