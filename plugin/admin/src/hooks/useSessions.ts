import { useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useRef, useState } from 'react';

import type { SessionList, SessionView } from '../../../shared/contracts';
import { sessionListPath, type SessionQuery } from '../utils/sessionQuery';
import { usePolling } from './usePolling';

const REFRESH_INTERVAL_MS = 10_000;

/**
 * How the list on the screen relates to the query.
 *
 * - `loading`: nothing to show yet.
 * - `switching`: the list of the query before is shown until the new one is here.
 * - `live`: the list answers the query.
 * - `stale`: it does, but the latest refresh failed; refreshing goes on.
 * - `failed`: there is no list for this query.
 */
export type SessionsStatus = 'loading' | 'switching' | 'live' | 'stale' | 'failed';

/** The list of sessions and its way to stay current. */
export interface Sessions {
  status: SessionsStatus;
  /** The newest list received; while `switching`, that of the query before. */
  list: SessionList | null;
  /** Asks again at once. */
  refresh: () => void;
  /** Puts a session's new state into the list without waiting for the server. */
  replace: (session: SessionView) => void;
}

interface Received {
  /** The query it answers, as text. */
  key: string;
  list: SessionList;
}

/**
 * Loads the sessions of a query and refreshes them every ten seconds while the tab is visible.
 *
 * Only the answer to the latest request counts: a newer one aborts those before it, as does
 * leaving the page. A refresh never takes away what is on the screen.
 */
export function useSessions(query: SessionQuery): Sessions {
  const { get } = useFetchClient();
  const key = JSON.stringify(query);
  const [received, setReceived] = useState<Received | null>(null);
  const [failedKey, setFailedKey] = useState<string | null>(null);
  const pending = useRef<AbortController | null>(null);

  const load = useCallback(async () => {
    pending.current?.abort();
    const request = new AbortController();
    pending.current = request;
    try {
      const path = sessionListPath(JSON.parse(key) as SessionQuery, Date.now());
      const { data } = await get<SessionList>(path, { signal: request.signal });
      if (!request.signal.aborted) {
        setReceived({ key, list: data });
        setFailedKey(null);
      }
    } catch {
      if (!request.signal.aborted) {
        setFailedKey(key);
      }
    } finally {
      if (pending.current === request) {
        pending.current = null;
      }
    }
  }, [get, key]);

  useEffect(() => {
    void load();
    return () => pending.current?.abort();
  }, [load]);

  // A slow answer is waited for: asking again would abort it, time after time.
  const poll = useCallback(() => {
    if (pending.current === null) {
      void load();
    }
  }, [load]);
  usePolling(poll, REFRESH_INTERVAL_MS);

  const refresh = useCallback(() => {
    setFailedKey(null);
    void load();
  }, [load]);

  const replace = useCallback((session: SessionView) => {
    setReceived((current) => current && { ...current, list: withSession(current.list, session) });
  }, []);

  return {
    status: statusOf(key, received, failedKey),
    list: received?.list ?? null,
    refresh,
    replace,
  };
}

function statusOf(
  key: string,
  received: Received | null,
  failedKey: string | null,
): SessionsStatus {
  const failed = failedKey === key;
  if (received?.key === key) {
    return failed ? 'stale' : 'live';
  }
  if (failed) {
    return 'failed';
  }
  return received === null ? 'loading' : 'switching';
}

function withSession(list: SessionList, session: SessionView): SessionList {
  return { ...list, data: list.data.map((row) => (row.id === session.id ? session : row)) };
}
