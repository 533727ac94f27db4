import { useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';

import type { SessionList, SessionView } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';

/** Some sessions by the numbers of their rows, on their way into the browser. */
export interface SessionsOfRows {
  status: 'loading' | 'ready' | 'failed';
  sessions: SessionView[];
  load: () => void;
}

/** Loads the sessions of at most 100 rows, newest login first. */
export function useSessionsOfRows(rows: readonly number[]): SessionsOfRows {
  const { get } = useFetchClient();
  const [status, setStatus] = useState<SessionsOfRows['status']>('loading');
  const [sessions, setSessions] = useState<SessionView[]>([]);
  const named = rows.join(',');

  const load = useCallback(() => {
    const request = new AbortController();
    const parameters = new URLSearchParams({
      'filters[row]': named,
      'pagination[pageSize]': '100',
      sort: 'loggedInAt:desc',
    });
    setStatus('loading');
    get<SessionList>(`/${PLUGIN_ID}/sessions?${parameters.toString()}`, {
      signal: request.signal,
    }).then(
      ({ data }) => {
        setSessions(data.data);
        setStatus('ready');
      },
      () => {
        if (!request.signal.aborted) {
          setStatus('failed');
        }
      },
    );
    return () => request.abort();
  }, [get, named]);
  useEffect(load, [load]);

  return { status, sessions, load };
}
