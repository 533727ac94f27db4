import type { Activity, ActivityAnswer } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { useLoaded, type Loading, type Question } from '../data/useServerQuery';
import { usePolling } from '../data/usePolling';

const REFRESH_INTERVAL_MS = 30_000;

/** Loads how busy the site is, and keeps it current while the tab is visible. */
export function useActivity(): Loading<Activity> {
  const loading = useLoaded(ofActivity);
  usePolling(loading.poll, REFRESH_INTERVAL_MS);
  return loading;
}

const ofActivity: Question<Activity> = async (get) =>
  (await get<ActivityAnswer>(`/${PLUGIN_ID}/activity`)).data;
