import { useCallback } from 'react';

import type { SessionList, SessionView } from '../../../shared/contracts';
import { sessionListPath, type SessionQuery } from './sessionQuery';
import { useLiveList, type LiveList } from '../data/useLiveList';

/** The list of sessions and its way to stay current. */
export interface Sessions extends Omit<LiveList<SessionList>, 'edit'> {
  /** Puts a session's new state into the list without waiting for the server. */
  replace: (session: SessionView) => void;
}

/** Loads the sessions of a query and keeps them current. */
export function useSessions(query: SessionQuery): Sessions {
  const { edit, ...sessions } = useLiveList<SessionQuery, SessionList>(query, sessionListPath);
  const replace = useCallback(
    (session: SessionView) => edit((list) => withSession(list, session)),
    [edit],
  );
  return { ...sessions, replace };
}

function withSession(list: SessionList, session: SessionView): SessionList {
  return { ...list, data: list.data.map((row) => (row.id === session.id ? session : row)) };
}
