import type { SessionCounts, StatusResponse } from '../../../shared/contracts';
import { midnightBefore } from '../data/calendarDay';
import { useServerQuery, type Query } from '../data/useServerQuery';
import { PLUGIN_ID } from '../pluginId';

const POLL_INTERVAL_MS = 10_000;

/**
 * Loads the number of sessions in each state and keeps it current.
 *
 * After a failed request the last counts stay; the list reports the failure.
 *
 * @returns the newest counts, `null` before the first, and a function that reloads them.
 */
export function useSessionCounts(): { counts: SessionCounts | null; reload: () => void } {
  const { state, reload } = useServerQuery(ofCounts, { pollIntervalMs: POLL_INTERVAL_MS });
  return { counts: state.data, reload };
}

const ofCounts: Query<SessionCounts> = async (get) => {
  const since = encodeURIComponent(midnightBefore(Date.now()));
  return (await get<StatusResponse>(`/${PLUGIN_ID}/status?since=${since}`)).data.sessions;
};
