import type { StatusResponse } from '../../../shared/contracts';
import { useServerQuery, type Query, type ServerQuery } from '../data/useServerQuery';
import { PLUGIN_ID } from '../pluginId';

/** The state of the plugin. */
type Status = StatusResponse['data'];

/** Loads the status once. */
export function useStatus(): ServerQuery<Status> {
  return useServerQuery(ofStatus);
}

const ofStatus: Query<Status> = async (get) =>
  (await get<StatusResponse>(`/${PLUGIN_ID}/status`)).data;
