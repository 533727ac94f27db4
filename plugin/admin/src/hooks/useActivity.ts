import { useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';

import type { Activity, ActivityAnswer } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { usePolling } from './usePolling';

const REFRESH_INTERVAL_MS = 30_000;

/** How busy the site is, kept current while the tab is visible. */
export interface ActivityState {
  /** The newest answer; `null` before the first. */
  activity: Activity | null;
  /** Whether there is no answer to show. */
  hasFailed: boolean;
  load: () => void;
}

/** Loads {@link ActivityState}. */
export function useActivity(): ActivityState {
  const { get } = useFetchClient();
  const [activity, setActivity] = useState<Activity | null>(null);
  const [hasFailed, setHasFailed] = useState(false);

  const load = useCallback(() => {
    setHasFailed(false);
    get<ActivityAnswer>(`/${PLUGIN_ID}/activity`).then(
      ({ data }) => setActivity(data.data),
      () => setHasFailed(true),
    );
  }, [get]);
  useEffect(load, [load]);
  usePolling(load, REFRESH_INTERVAL_MS);

  return { activity, hasFailed: hasFailed && activity === null, load };
}
