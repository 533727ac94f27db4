import type { CleanUpReport, CleanUpStatusResponse } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { useServerQuery, type Query } from '../data/useServerQuery';
import { usePolling } from '../data/usePolling';

const PROGRESS_INTERVAL_MS = 1000;
const IDLE_INTERVAL_MS = 10_000;

type CleanUpStatus = CleanUpStatusResponse['data'];

/**
 * Loads what the last clean-up did and how far the one under way has come, and follows that.
 *
 * @param known what the last one did as far as is known already; `null` for none so far.
 * @param isExpected whether one has been begun that may not show yet.
 */
export function useCleanUpStatus(
  known: CleanUpReport | null,
  isExpected: boolean,
): CleanUpStatus & { load: () => void } {
  const { state, load, poll } = useServerQuery(ofCleanUp);
  const { last, current } = state.data ?? { last: known, current: null };
  usePolling(poll, isExpected || current !== null ? PROGRESS_INTERVAL_MS : IDLE_INTERVAL_MS);
  return { last, current, load };
}

const ofCleanUp: Query<CleanUpStatus> = async (get) =>
  (await get<CleanUpStatusResponse>(`/${PLUGIN_ID}/status/clean-up`)).data;
