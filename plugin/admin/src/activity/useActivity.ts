import type { Activity, ActivityResponse } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { useServerQuery, type ServerQuery, type Query } from '../data/useServerQuery';
import { usePolling } from '../data/usePolling';

const REFRESH_INTERVAL_MS = 30_000;

/** Loads how busy the site is, and keeps it current while the tab is visible. */
export function useActivity(): ServerQuery<Activity> {
  const loading = useServerQuery(ofActivity);
  usePolling(loading.poll, REFRESH_INTERVAL_MS);
  return loading;
}

const ofActivity: Query<Activity> = async (get) =>
  (await get<ActivityResponse>(`/${PLUGIN_ID}/activity`)).data;
