import { useCallback } from 'react';

import type { SettingsResponse } from '../../../shared/contracts';
import { useServerAction, type ActionFailure } from '../data/useServerAction';
import { useServerQuery, type Query, type QueryResult } from '../data/useServerQuery';
import { PLUGIN_ID } from '../pluginId';
import { useTranslate } from '../wording/useTranslate';
import type { SettingsDraft } from './settingsDraft';

/** The outcome of saving; the server names the option whose value it refuses. */
export type SaveOutcome =
  { type: 'saved' } | { type: 'refused'; field: string; message: string } | { type: 'failed' };

/** The settings on the server. */
export interface Settings {
  state: QueryResult<SettingsResponse['data']>;
  reload: () => void;
  isSaving: boolean;
  /** Saves changes and notifies the administrator of the outcome. */
  save: (draft: SettingsDraft) => Promise<SaveOutcome>;
}

const PATH = `/${PLUGIN_ID}/settings`;

/** Loads the settings once and saves changes to them. */
export function useSettings(): Settings {
  const { state, reload, edit } = useServerQuery(ofSettings);
  const { isRunning, run } = useServerAction();
  const t = useTranslate();

  const save = useCallback(
    async (draft: SettingsDraft): Promise<SaveOutcome> => {
      const outcome = await run(
        async ({ put }) => (await put<SettingsResponse>(PATH, { settings: draft })).data.data,
        {
          success: () => t('settings.saved'),
          failure: t('settings.failed'),
          failureByStatus: { 400: t('settings.refused') },
        },
      );
      if (outcome.type === 'failed') {
        return refusalIn(outcome) ?? { type: 'failed' };
      }
      edit(() => outcome.data);
      return { type: 'saved' };
    },
    [edit, run, t],
  );

  return { state, reload, isSaving: isRunning, save };
}

const ofSettings: Query<SettingsResponse['data']> = async (get) =>
  (await get<SettingsResponse>(PATH)).data;

function refusalIn({ details, message }: ActionFailure): SaveOutcome | null {
  // Strapi leaves the details of an error open; the server puts the option's name there.
  const field = (details as { field?: unknown } | null)?.field;
  return typeof field === 'string' ? { type: 'refused', field, message } : null;
}
