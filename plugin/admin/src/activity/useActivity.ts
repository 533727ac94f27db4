import type { Activity, ActivityResponse } from '../../../shared/contracts';
import { useServerQuery, type Query, type ServerQuery } from '../data/useServerQuery';
import { PLUGIN_ID } from '../pluginId';

const POLL_INTERVAL_MS = 30_000;

/** Loads how many users were online and keeps it current. */
export function useActivity(): ServerQuery<Activity> {
  return useServerQuery(ofActivity, { pollIntervalMs: POLL_INTERVAL_MS });
}

const ofActivity: Query<Activity> = async (get) =>
  (await get<ActivityResponse>(`/${PLUGIN_ID}/activity`)).data;
