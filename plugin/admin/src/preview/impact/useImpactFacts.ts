import type { ImpactFactsResponse } from '../../../../shared/contracts';
import { PLUGIN_ID } from '../../pluginId';
import { storedSessionsFrom, type StoredSessions } from './storedSessions';
import { useServerQuery, type ServerQuery, type Query } from '../../data/useServerQuery';

/**
 * Loads the stored sessions once, and anew when settings were saved or it is asked to.
 *
 * @param saved changes its identity whenever settings are saved.
 */
export function useImpactFacts(saved: unknown): ServerQuery<StoredSessions> {
  return useServerQuery(ofImpactFacts, saved);
}

const ofImpactFacts: Query<StoredSessions> = async (get) => {
  const { data } = await get<ImpactFactsResponse>(`/${PLUGIN_ID}/sessions/impact-facts`);
  return storedSessionsFrom(data, Date.now());
};
