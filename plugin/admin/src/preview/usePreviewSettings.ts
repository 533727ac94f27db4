import { useMemo, useRef } from 'react';

import type { SettingView } from '../../../shared/contracts';
import type { Settings } from '../../../shared/core';
import { drafted, type SettingsDraft } from '../settings/settingsDraft';
import type { LoadedCore } from '../core/useCore';
import { useDebounced } from '../ui/hooks/useDebounced';
import type { TranslationKey } from '../wording/translationId';

const TYPING_MS = 200;
const NO_CHANGE: SettingsDraft = {};

/** The settings that a preview compares. */
export interface PreviewSettings {
  current: Settings;
  /** With the unsaved changes; while one is invalid, the last valid ones. */
  drafted: Settings;
  isChanged: boolean;
  /** Whether a change is invalid. */
  isInvalid: boolean;
}

/** Gives the settings to compare, a moment after the last change. */
export function usePreviewSettings(
  core: LoadedCore,
  options: readonly SettingView[],
  draft: SettingsDraft,
): PreviewSettings {
  const settledDraft = useDebounced(draft, TYPING_MS);
  const current = useMemo(() => core.parseSettings(valuesOf(options, NO_CHANGE)), [core, options]);
  const parsed = useMemo(
    () => parsedOrNull(core, valuesOf(options, settledDraft)),
    [core, options, settledDraft],
  );
  const lastValid = useRef(current);
  if (parsed !== null) {
    lastValid.current = parsed;
  }
  return {
    current,
    drafted: lastValid.current,
    isChanged: Object.keys(settledDraft).length > 0,
    isInvalid: parsed === null,
  };
}

/** Gives the text that says which settings a preview shows. */
export function previewSubtitle({ isChanged, isInvalid }: PreviewSettings): TranslationKey {
  if (isInvalid) {
    return 'preview.invalid';
  }
  return isChanged ? 'preview.changed' : 'preview.current';
}

function valuesOf(options: readonly SettingView[], draft: SettingsDraft): object {
  return Object.fromEntries(
    options
      .filter(({ kind }) => kind !== 'secret')
      .map((option) => [option.name, drafted(option, draft).value]),
  );
}

function parsedOrNull(core: LoadedCore, values: object): Settings | null {
  try {
    return core.parseSettings(values);
  } catch {
    return null;
  }
}
