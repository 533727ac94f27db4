import { useCallback } from 'react';

import {
  LIVE_STATES,
  type SessionList,
  type SessionState,
  type SessionView,
} from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { useServerQuery, type ServerQuery, type Query } from '../data/useServerQuery';

/** The most sessions of each state that are named. */
const NAMED = 5;

/** A user's sessions that are not terminated. */
export interface UserSessions {
  /** The last ones seen, active ones first. */
  named: SessionView[];
  /** The number of all of them. */
  total: number;
}

/** Loads a user's sessions that are not terminated. */
export function useUserSessions(userId: number): ServerQuery<UserSessions> {
  const ofUser = useCallback<Query<UserSessions>>(
    async (get) => {
      const lists = await Promise.all(
        LIVE_STATES.map((state) => get<SessionList>(pathOf(userId, state))),
      );
      return {
        named: lists.flatMap(({ data }) => data).slice(0, NAMED),
        total: lists.reduce((sum, { meta }) => sum + meta.pagination.total, 0),
      };
    },
    [userId],
  );
  return useServerQuery(ofUser);
}

function pathOf(userId: number, state: SessionState): string {
  const parameters = new URLSearchParams({
    'filters[userId]': String(userId),
    'filters[state]': state,
    'pagination[pageSize]': String(NAMED),
    sort: 'lastSeenAt:desc',
  });
  return `/${PLUGIN_ID}/sessions?${parameters.toString()}`;
}
