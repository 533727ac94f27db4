import type { SessionCounts, StatusResponse } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { midnightBefore } from '../data/calendarDay';
import { useServerQuery, type Query } from '../data/useServerQuery';
import { usePolling } from '../data/usePolling';

const REFRESH_INTERVAL_MS = 10_000;

/**
 * Loads how many sessions there are, and keeps the figures current while the tab is visible.
 *
 * The list says when the server does not answer; the figures stay as they were.
 *
 * @returns The newest figures, `null` until there are any; and what asks for them at once.
 */
export function useSessionCounts(): { figures: SessionCounts | null; refresh: () => void } {
  const { state, load, poll } = useServerQuery(ofFigures);
  usePolling(poll, REFRESH_INTERVAL_MS);
  return { figures: state.data, refresh: load };
}

const ofFigures: Query<SessionCounts> = async (get) => {
  const since = encodeURIComponent(midnightBefore(Date.now()));
  return (await get<StatusResponse>(`/${PLUGIN_ID}/status?since=${since}`)).data.sessions;
};
