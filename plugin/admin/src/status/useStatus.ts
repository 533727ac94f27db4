import type { StatusAnswer } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { useLoaded, type Loading, type Question } from '../data/useServerQuery';

/** How the plugin is doing. */
type Status = StatusAnswer['data'];

/** Loads the status once, and anew when it is asked to. */
export function useStatus(): Loading<Status> {
  return useLoaded(ofStatus);
}

const ofStatus: Question<Status> = async (get) =>
  (await get<StatusAnswer>(`/${PLUGIN_ID}/status`)).data;
