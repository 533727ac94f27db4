import { isFetchError, useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';

import type { ImpactFactsAnswer } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { storedSessionsFrom, type StoredSessions } from '../utils/storedSessions';

/** The stored sessions on their way into the browser; `forbidden` without the right to see them. */
export type ImpactFactsState =
  | { status: 'loading' }
  | { status: 'ready'; sessions: StoredSessions }
  | { status: 'forbidden' }
  | { status: 'failed' };

const PATH = `/${PLUGIN_ID}/sessions/impact-facts`;

/**
 * Loads the stored sessions once, and anew when settings were saved or it is asked to.
 *
 * @param saved changes its identity whenever settings are saved.
 */
export function useImpactFacts(saved: unknown): { facts: ImpactFactsState; load: () => void } {
  const { get } = useFetchClient();
  const [facts, setFacts] = useState<ImpactFactsState>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const request = new AbortController();
    get<ImpactFactsAnswer>(PATH, { signal: request.signal }).then(
      ({ data }) =>
        setFacts({ status: 'ready', sessions: storedSessionsFrom(data.data, Date.now()) }),
      (error: unknown) => {
        if (!request.signal.aborted) {
          setFacts({ status: isForbidden(error) ? 'forbidden' : 'failed' });
        }
      },
    );
    return () => request.abort();
  }, [get, attempt, saved]);

  const load = useCallback(() => {
    setFacts((current) => (current.status === 'ready' ? current : { status: 'loading' }));
    setAttempt((count) => count + 1);
  }, []);

  return { facts, load };
}

function isForbidden(error: unknown): boolean {
  return isFetchError(error) && error.status === 403;
}
