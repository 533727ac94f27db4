import { isFetchError, useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';

import type { SettingsResponse } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import type { SettingsDraft } from './settingsDraft';

/** What came of saving: nothing to add, a field the server refused, or no answer. */
export type SaveOutcome =
  { type: 'saved' } | { type: 'refused'; field: string; message: string } | { type: 'failed' };

/** The settings on the server. */
export interface Settings {
  status: 'loading' | 'ready' | 'failed';
  /** `null` until they are here. */
  data: SettingsResponse['data'] | null;
  load: () => void;
  save: (draft: SettingsDraft) => Promise<SaveOutcome>;
}

const PATH = `/${PLUGIN_ID}/settings`;

/** Loads the settings once, and saves changes to them. */
export function useSettings(): Settings {
  const { get, put } = useFetchClient();
  const [data, setData] = useState<Settings['data']>(null);
  const [hasFailed, setHasFailed] = useState(false);

  const load = useCallback(() => {
    setHasFailed(false);
    get<SettingsResponse>(PATH).then(
      (answer) => setData(answer.data.data),
      () => setHasFailed(true),
    );
  }, [get]);
  useEffect(load, [load]);

  const save = useCallback(
    async (draft: SettingsDraft): Promise<SaveOutcome> => {
      try {
        const answer = await put<SettingsResponse>(PATH, { settings: draft });
        setData(answer.data.data);
        return { type: 'saved' };
      } catch (error) {
        return refusalIn(error) ?? { type: 'failed' };
      }
    },
    [put],
  );

  const status = data !== null ? 'ready' : hasFailed ? 'failed' : 'loading';
  return { status, data, load, save };
}

function refusalIn(error: unknown): SaveOutcome | null {
  if (!isFetchError(error)) {
    return null;
  }
  // Strapi leaves the details of an error open; the server puts the option's name there.
  const details = error.response?.data.error.details as { field?: unknown } | undefined;
  if (typeof details?.field !== 'string') {
    return null;
  }
  return { type: 'refused', field: details.field, message: error.message };
}
