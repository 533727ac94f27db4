import { useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useRef, useState } from 'react';

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
export type ListStatus = 'loading' | 'switching' | 'live' | 'stale' | 'failed';

/** A list and its way to stay current. */
export interface LiveList<List> {
  status: ListStatus;
  /** The newest list received; while `switching`, that of the query before. */
  list: List | null;
  /** Asks again at once. */
  refresh: () => void;
  /** Edits the list on the screen without waiting for the server. */
  edit: (change: (list: List) => List) => void;
}

interface Received<List> {
  /** The query it answers, as text. */
  key: string;
  list: List;
}

/**
 * Loads the list of a query and refreshes it every ten seconds while the tab is visible.
 *
 * Only the answer to the latest request counts: a newer one aborts those before it, as does
 * leaving the page. A refresh never takes away what is on the screen.
 *
 * @param query plain data.
 * @param pathOf gives the server's address for a query at an instant, in Unix milliseconds; keep its
 * identity stable: a new one loads anew.
 */
export function useLiveList<Query, List>(
  query: Query,
  pathOf: (query: Query, nowMs: number) => string,
): LiveList<List> {
  const { get } = useFetchClient();
  const key = JSON.stringify(query);
  const [received, setReceived] = useState<Received<List> | null>(null);
  const [failedKey, setFailedKey] = useState<string | null>(null);
  const pending = useRef<AbortController | null>(null);

  const load = useCallback(async () => {
    pending.current?.abort();
    const request = new AbortController();
    pending.current = request;
    try {
      // The text was made of such a query.
      const path = pathOf(JSON.parse(key) as Query, Date.now());
      const { data } = await get<List>(path, { signal: request.signal });
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
  }, [get, key, pathOf]);

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

  const edit = useCallback((change: (list: List) => List) => {
    setReceived((current) => current && { ...current, list: change(current.list) });
  }, []);

  return {
    status: statusOf(key, received, failedKey),
    list: received?.list ?? null,
    refresh,
    edit,
  };
}

function statusOf(
  key: string,
  received: Received<unknown> | null,
  failedKey: string | null,
): ListStatus {
  const failed = failedKey === key;
  if (received?.key === key) {
    return failed ? 'stale' : 'live';
  }
  if (failed) {
    return 'failed';
  }
  return received === null ? 'loading' : 'switching';
}
