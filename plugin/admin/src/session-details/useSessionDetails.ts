import { useCallback } from 'react';

import type {
  SessionDetails,
  SessionDetailsResponse,
  SessionState,
} from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { useServerQuery, type QueryResult, type Query } from '../data/useServerQuery';

/** The details of a session, or the state of the request for them. */
export type DetailsState = QueryResult<SessionDetails>;

/** Loads the details of a session, and again when its state changes. */
export function useSessionDetails(sessionId: string, state?: SessionState): DetailsState {
  const ofDetails = useCallback<Query<SessionDetails>>(
    async (get) => (await get<SessionDetailsResponse>(pathOf(sessionId))).data,
    [sessionId],
  );
  return useServerQuery(ofDetails, { reloadOn: state }).state;
}

/** Tells whether the session has no record any more. */
export function isGone(state: DetailsState): boolean {
  return state.status === 'failed' && state.httpStatus === 404;
}

function pathOf(sessionId: string): string {
  return `/${PLUGIN_ID}/sessions/${encodeURIComponent(sessionId)}`;
}
