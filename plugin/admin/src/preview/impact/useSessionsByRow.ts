import { useCallback } from 'react';

import type { SessionList, SessionView } from '../../../../shared/contracts';
import { PLUGIN_ID } from '../../pluginId';
import { useServerQuery, type ServerQuery, type Query } from '../../data/useServerQuery';

/** Loads at most 100 sessions by their row numbers, newest login first. */
export function useSessionsByRow(rows: readonly number[]): ServerQuery<SessionView[]> {
  const named = rows.join(',');
  const ofRows = useCallback<Query<SessionView[]>>(
    async (get) => (await get<SessionList>(pathOf(named))).data,
    [named],
  );
  return useServerQuery(ofRows);
}

function pathOf(rows: string): string {
  const parameters = new URLSearchParams({
    'filters[row]': rows,
    'pagination[pageSize]': '100',
    sort: 'loggedInAt:desc',
  });
  return `/${PLUGIN_ID}/sessions?${parameters.toString()}`;
}
