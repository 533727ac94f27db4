import type { StatusResponse } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { useServerQuery, type ServerQuery, type Query } from '../data/useServerQuery';

/** How the plugin is doing. */
type Status = StatusResponse['data'];

/** Loads the status once, and anew when it is asked to. */
export function useStatus(): ServerQuery<Status> {
  return useServerQuery(ofStatus);
}

const ofStatus: Query<Status> = async (get) =>
  (await get<StatusResponse>(`/${PLUGIN_ID}/status`)).data;
