import { useMemo, useRef } from 'react';

import type { SettingView } from '../../../shared/contracts';
import type { Settings } from '../../../shared/core';
import { drafted, type SettingsDraft } from '../settings/settingsDraft';
import type { LoadedCore } from '../core/useCore';
import { useDebounced } from '../ui/hooks/useDebounced';

const TYPING_MS = 200;
const NO_CHANGE: SettingsDraft = {};

/** The settings that a preview compares. */
export interface PreviewSettings {
  inForce: Settings;
  /** With the changes not saved yet; while one of them is wrong, as they were before it. */
  drafted: Settings;
  isChanged: boolean;
  /** Whether a change is wrong, so that the preview does without. */
  isHeld: boolean;
}

/** Provides {@link PreviewSettings}, a moment after the last change. */
export function usePreviewSettings(
  core: LoadedCore,
  options: readonly SettingView[],
  draft: SettingsDraft,
): PreviewSettings {
  const settledDraft = useDebounced(draft, TYPING_MS);
  const inForce = useMemo(() => core.parseSettings(valuesOf(options, NO_CHANGE)), [core, options]);
  const parsed = useMemo(
    () => parsedOrNull(core, valuesOf(options, settledDraft)),
    [core, options, settledDraft],
  );
  const latest = useRef(inForce);
  if (parsed !== null) {
    latest.current = parsed;
  }
  return {
    inForce,
    drafted: latest.current,
    isChanged: Object.keys(settledDraft).length > 0,
    isHeld: parsed === null,
  };
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
