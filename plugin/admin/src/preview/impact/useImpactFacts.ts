import type { ImpactFactsResponse } from '../../../../shared/contracts';
import { useServerQuery, type Query, type ServerQuery } from '../../data/useServerQuery';
import { PLUGIN_ID } from '../../pluginId';
import { storedSessionsFrom, type StoredSessions } from './storedSessions';

/**
 * Loads the stored sessions, and again after settings were saved.
 *
 * @param saved changes its identity whenever settings are saved.
 */
export function useImpactFacts(saved: unknown): ServerQuery<StoredSessions> {
  return useServerQuery(ofImpactFacts, { reloadOn: saved });
}

const ofImpactFacts: Query<StoredSessions> = async (get) => {
  const { data } = await get<ImpactFactsResponse>(`/${PLUGIN_ID}/sessions/impact-facts`);
  return storedSessionsFrom(data, Date.now());
};
