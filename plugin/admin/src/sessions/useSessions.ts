import { useCallback } from 'react';

import type { SessionList, SessionView } from '../../../shared/contracts';
import { useLiveList } from '../data/useLiveList';
import type { ServerQuery } from '../data/useServerQuery';
import { sessionListPath, type SessionQuery } from './sessionQuery';

/** A page of the list of sessions, with the functions that reload and edit it. */
export interface Sessions extends Omit<ServerQuery<SessionList>, 'edit'> {
  /** Shows a session's new state without a request. */
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
