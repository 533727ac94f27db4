import { useCallback } from 'react';

import type { SessionDetails, SessionDetailsAnswer, SessionState } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { useLoaded, type Loaded, type Question } from '../data/useServerQuery';

/** The details of a session on their way into the browser. */
export type DetailsState = Loaded<SessionDetails>;

/** Loads the details of a session, and anew when a state that is given changes. */
export function useSessionDetails(sessionId: string, state?: SessionState): DetailsState {
  const ofDetails = useCallback<Question<SessionDetails>>(
    async (get) => (await get<SessionDetailsAnswer>(pathOf(sessionId))).data,
    [sessionId],
  );
  return useLoaded(ofDetails, state).state;
}

/** Tells whether the record of the session has been deleted. */
export function isGone(state: DetailsState): boolean {
  return state.status === 'failed' && state.httpStatus === 404;
}

function pathOf(sessionId: string): string {
  return `/${PLUGIN_ID}/sessions/${encodeURIComponent(sessionId)}`;
}
