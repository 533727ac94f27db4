import { useMemo, useState } from 'react';

import type { SettingValue, SettingView } from '../../../shared/contracts';
import { coreMessage } from '../core/coreMessage';
import { withReset, withValue, type SettingsDraft } from './settingsDraft';
import type { CoreState } from '../core/useCore';
import type { SaveOutcome, Settings } from './useSettings';
import { useTranslate } from '../wording/useTranslate';

/** The form over the settings: what is typed, what is wrong with it, and the way to save it. */
export interface SettingsForm {
  draft: SettingsDraft;
  isDirty: boolean;
  isSaving: boolean;
  /** What is wrong, by option. */
  errors: ReadonlyMap<string, string>;
  /** Changes when values change other than by typing, so that inputs begin anew. */
  revision: number;
  set: (option: SettingView, value: SettingValue) => void;
  reset: (option: SettingView) => void;
  discard: () => void;
  submit: () => Promise<SaveOutcome>;
}

const NOTHING: SettingsDraft = {};

/** Keeps a draft of the settings and has the core judge every value as it is typed. */
export function useSettingsForm(settings: Settings, core: CoreState): SettingsForm {
  const t = useTranslate();
  const [draft, setDraft] = useState(NOTHING);
  const [revision, setRevision] = useState(0);
  const [isSaving, setIsSaving] = useState(false);
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

  const startAnew = (next: SettingsDraft) => {
    setDraft(next);
    setRefusal(null);
    setRevision((count) => count + 1);
  };

  const submit = async (): Promise<SaveOutcome> => {
    setIsSaving(true);
    const outcome = await settings.save(draft);
    setIsSaving(false);
    if (outcome.type === 'saved') {
      startAnew(NOTHING);
    } else if (outcome.type === 'refused') {
      setRefusal(outcome);
    }
    return outcome;
  };

  return {
    draft,
    isDirty: Object.keys(draft).length > 0,
    isSaving,
    errors,
    revision,
    set: (option, value) => {
      setDraft((current) => withValue(current, option, value));
      setRefusal(null);
    },
    reset: (option) => startAnew(withReset(draft, option)),
    discard: () => startAnew(NOTHING),
    submit,
  };
}

/** Gives the core's words on a value; `null` if it takes it. */
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
