import { useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';

import type { SessionList, SessionState, SessionView } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';

/** How many sessions of each state are named. */
const NAMED = 5;

const LIVE: readonly SessionState[] = ['active', 'inactive'];

/** A user's sessions that have not ended, on their way into the browser. */
export interface UserSessions {
  status: 'loading' | 'ready' | 'failed';
  /** Those seen last, active ones first. */
  sessions: SessionView[];
  /** How many there are; not all of them may be named. */
  total: number;
  load: () => void;
}

/** Loads {@link UserSessions}. */
export function useUserSessions(userId: number): UserSessions {
  const { get } = useFetchClient();
  const [status, setStatus] = useState<UserSessions['status']>('loading');
  const [sessions, setSessions] = useState<SessionView[]>([]);
  const [total, setTotal] = useState(0);

  const load = useCallback(() => {
    const ask = async (state: SessionState) => {
      const parameters = new URLSearchParams({
        'filters[userId]': String(userId),
        'filters[state]': state,
        'pagination[pageSize]': String(NAMED),
        sort: 'lastSeenAt:desc',
      });
      return (await get<SessionList>(`/${PLUGIN_ID}/sessions?${parameters.toString()}`)).data;
    };
    Promise.all(LIVE.map(ask)).then(
      (lists) => {
        setSessions(lists.flatMap(({ data }) => data).slice(0, NAMED));
        setTotal(lists.reduce((sum, { meta }) => sum + meta.pagination.total, 0));
        setStatus('ready');
      },
      () => setStatus('failed'),
    );
  }, [get, userId]);
  useEffect(load, [load]);

  return { status, sessions, total, load };
}
