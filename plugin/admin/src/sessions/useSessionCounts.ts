import type { SessionFigures, StatusAnswer } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { midnightBefore } from './sessionQuery';
import { useLoaded, type Question } from '../data/useServerQuery';
import { usePolling } from '../data/usePolling';

const REFRESH_INTERVAL_MS = 10_000;

/**
 * Loads how many sessions there are, and keeps the figures current while the tab is visible.
 *
 * The list says when the server does not answer; the figures stay as they were.
 *
 * @returns The newest figures, `null` until there are any; and what asks for them at once.
 */
export function useFigures(): { figures: SessionFigures | null; refresh: () => void } {
  const { state, load, poll } = useLoaded(ofFigures);
  usePolling(poll, REFRESH_INTERVAL_MS);
  return { figures: state.data, refresh: load };
}

const ofFigures: Question<SessionFigures> = async (get) => {
  const since = encodeURIComponent(midnightBefore(Date.now()));
  return (await get<StatusAnswer>(`/${PLUGIN_ID}/status?since=${since}`)).data.sessions;
};
