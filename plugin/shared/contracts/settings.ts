/** What an option can be set to. */
export type SettingValue = number | string | boolean;

/** Where an option's value in force comes from: the plugin, config/plugins, or an administrator. */
export type SettingSource = 'default' | 'config' | 'admin';

/** One option as the core describes it, with its value in force. A secret's value is never told. */
export interface SettingView {
  name: string;
  kind: 'number' | 'choice' | 'boolean' | 'secret';
  /** What a number counts; `null` for anything else. */
  unit: 'ms' | 'days' | 'sessions' | null;
  default: SettingValue | null;
  /** -1 where that lifts the limit. */
  min: number | null;
  max: number | null;
  choices: readonly string[] | null;
  /** What the option does and why, in English. */
  why: string;
  value: SettingValue | null;
  source: SettingSource;
  /** What applies once an administrator's value is taken back. */
  reset: { value: SettingValue | null; source: Exclude<SettingSource, 'admin'> };
}

/** The encryption key by its public name, and where it comes from; `derived` from the app's keys. */
export interface KeyView {
  id: string;
  source: 'config' | 'environment' | 'derived';
}

/** The answer of `GET /settings` and `PUT /settings`. */
export interface SettingsResponse {
  data: { settings: SettingView[]; key: KeyView };
}

/** The body of `PUT /settings`: `null` takes an administrator's value back. */
export interface SettingsChange {
  settings: Record<string, SettingValue | null>;
}
