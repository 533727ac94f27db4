import type { SettingSource, SettingValue, SettingView } from '../../../shared/contracts';

/** The unsaved changes, by option; `null` resets an administrator's value. */
export type SettingsDraft = Readonly<Record<string, SettingValue | null>>;

/** An option with the draft's value in place of the saved one. */
export interface DraftedOption {
  value: SettingValue | null;
  source: SettingSource;
  isChanged: boolean;
}

/** Gives an option as it would be after the draft is saved. */
export function drafted(option: SettingView, draft: SettingsDraft): DraftedOption {
  const change = draft[option.name];
  if (change === undefined) {
    return { value: option.value, source: option.source, isChanged: false };
  }
  return change === null
    ? { ...option.reset, isChanged: true }
    : { value: change, source: 'admin', isChanged: true };
}

/** Puts a value into the draft; the saved value is no change. */
export function withValue(
  draft: SettingsDraft,
  option: SettingView,
  value: SettingValue,
): SettingsDraft {
  return isSame(value, option.value)
    ? without(draft, option.name)
    : { ...draft, [option.name]: value };
}

/** Resets an administrator's value, saved or not. */
export function withReset(draft: SettingsDraft, option: SettingView): SettingsDraft {
  return option.source === 'admin'
    ? { ...draft, [option.name]: null }
    : without(draft, option.name);
}

function isSame(value: SettingValue, other: SettingValue | null): boolean {
  return JSON.stringify(value) === JSON.stringify(other);
}

function without(draft: SettingsDraft, name: string): SettingsDraft {
  return Object.fromEntries(Object.entries(draft).filter(([changed]) => changed !== name));
}
