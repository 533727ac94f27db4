import { useMemo, useState } from 'react';

import type { SettingValue, SettingView } from '../../../shared/contracts';
import { coreMessage } from '../core/coreMessage';
import { withReset, withValue, type SettingsDraft } from './settingsDraft';
import type { CoreState } from '../core/useCore';
import type { Settings } from './useSettings';
import { useTranslate } from '../wording/useTranslate';

/** The form over the settings: the draft, its errors, and the functions that change and save it. */
export interface SettingsForm {
  draft: SettingsDraft;
  isDirty: boolean;
  isSaving: boolean;
  /** A message for each option with an invalid value. */
  errors: ReadonlyMap<string, string>;
  /** Changes when values change other than by typing, to reset the inputs. */
  revision: number;
  set: (option: SettingView, value: SettingValue) => void;
  reset: (option: SettingView) => void;
  discard: () => void;
  submit: () => Promise<void>;
}

const NOTHING: SettingsDraft = {};

/** Keeps a draft of the settings. The core checks each value as it is typed. */
export function useSettingsForm(settings: Settings, core: CoreState): SettingsForm {
  const t = useTranslate();
  const [draft, setDraft] = useState(NOTHING);
  const [revision, setRevision] = useState(0);
  const [refusal, setRefusal] = useState<{ field: string; message: string } | null>(null);

  const errors = useMemo(() => {
    const found = new Map<string, string>();
    if (refusal !== null) {
      found.set(refusal.field, coreMessage(refusal.message));
    }
    for (const [name, value] of Object.entries(draft)) {
      if (Number.isNaN(value)) {
        found.set(name, t('settings.error.noNumber'));
      } else if (value !== null && core.status === 'ready') {
        const message = refusalOf(core, name, value);
        if (message !== null) {
          found.set(name, coreMessage(message));
        }
      }
    }
    return found;
  }, [core, draft, refusal, t]);

  const startOver = (next: SettingsDraft) => {
    setDraft(next);
    setRefusal(null);
    setRevision((count) => count + 1);
  };

  const submit = async () => {
    const outcome = await settings.save(draft);
    if (outcome.type === 'saved') {
      startOver(NOTHING);
    } else if (outcome.type === 'refused') {
      setRefusal(outcome);
    }
  };

  return {
    draft,
    isDirty: Object.keys(draft).length > 0,
    isSaving: settings.isSaving,
    errors,
    revision,
    set: (option, value) => {
      setDraft((current) => withValue(current, option, value));
      setRefusal(null);
    },
    reset: (option) => startOver(withReset(draft, option)),
    discard: () => startOver(NOTHING),
    submit,
  };
}

/** Gives the core's message on a value; `null` for a valid one. */
function refusalOf(
  { core }: Extract<CoreState, { status: 'ready' }>,
  name: string,
  value: SettingValue,
): string | null {
  try {
    core.parseSettings({ [name]: value });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
