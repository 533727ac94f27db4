import type { ImpactFactsAnswer } from '../../../../shared/contracts';
import { PLUGIN_ID } from '../../pluginId';
import { storedSessionsFrom, type StoredSessions } from './storedSessions';
import { useLoaded, type Loading, type Question } from '../../data/useServerQuery';

/**
 * Loads the stored sessions once, and anew when settings were saved or it is asked to.
 *
 * @param saved changes its identity whenever settings are saved.
 */
export function useImpactFacts(saved: unknown): Loading<StoredSessions> {
  return useLoaded(ofImpactFacts, saved);
}

const ofImpactFacts: Question<StoredSessions> = async (get) => {
  const { data } = await get<ImpactFactsAnswer>(`/${PLUGIN_ID}/sessions/impact-facts`);
  return storedSessionsFrom(data, Date.now());
};
