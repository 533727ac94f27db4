import type { CleanUpReport, CleanUpStatusResponse } from '../../../shared/contracts';
import { useServerQuery, type Query } from '../data/useServerQuery';
import { PLUGIN_ID } from '../pluginId';

const PROGRESS_INTERVAL_MS = 1000;
const IDLE_INTERVAL_MS = 10_000;

type CleanUpStatus = CleanUpStatusResponse['data'];

/**
 * Loads the report of the last clean-up and the progress of the current one, and follows both.
 *
 * @param known the last report, as far as it is known already; `null` for none.
 * @param isExpected whether a clean-up was started that the server may not show yet.
 */
export function useCleanUpStatus(
  known: CleanUpReport | null,
  isExpected: boolean,
): CleanUpStatus & { reload: () => void } {
  const { state, reload } = useServerQuery(ofCleanUp, {
    pollIntervalMs: (status) =>
      isExpected || (status?.current ?? null) !== null ? PROGRESS_INTERVAL_MS : IDLE_INTERVAL_MS,
  });
  const { last, current } = state.data ?? { last: known, current: null };
  return { last, current, reload };
}

const ofCleanUp: Query<CleanUpStatus> = async (get) =>
  (await get<CleanUpStatusResponse>(`/${PLUGIN_ID}/status/clean-up`)).data;
