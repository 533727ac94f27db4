import { useCallback } from 'react';

import { useServerQuery, type Query, type ServerQuery } from './useServerQuery';

const POLL_INTERVAL_MS = 10_000;

/**
 * Loads a page of a list and reloads it every ten seconds while the browser tab is visible.
 *
 * The page before stays on the screen until the new one is here.
 *
 * @param filters plain data.
 * @param pathOf gives the server's path for filters at an instant, in Unix milliseconds; keep its
 * identity stable.
 */
export function useLiveList<Filters, List>(
  filters: Filters,
  pathOf: (filters: Filters, nowMs: number) => string,
): ServerQuery<List> {
  const key = JSON.stringify(filters);
  const ofPage = useCallback<Query<List>>(
    // The text was made of such filters.
    (get) => get<List>(pathOf(JSON.parse(key) as Filters, Date.now())),
    [key, pathOf],
  );
  return useServerQuery(ofPage, { pollIntervalMs: POLL_INTERVAL_MS, keepPreviousData: true });
}
