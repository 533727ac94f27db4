/** The value of an option. */
export type SettingValue = number | string | boolean | readonly string[];

/** The source of an option's current value: the plugin, config/plugins, or an administrator. */
export type SettingSource = 'default' | 'config' | 'admin';

/**
 * One option as the core describes it, with its current value; a secret's value is always `null`.
 */
export interface SettingView {
  name: string;
  kind: 'number' | 'choice' | 'boolean' | 'networks' | 'secret';
  /** The unit of a number; `null` for other kinds. */
  unit: 'ms' | 'days' | 'sessions' | 'failures' | 'failures/day' | null;
  default: SettingValue | null;
  /** -1 where -1 lifts the limit. */
  min: number | null;
  max: number | null;
  /** Whether `null` lifts the limit, as -1 does. */
  nullLifts: boolean;
  /** The words of a choice, or those that a number option takes beside numbers. */
  choices: readonly string[] | null;
  /** What the option does, in English. */
  description: string;
  value: SettingValue | null;
  source: SettingSource;
  /** The value that applies once an administrator's value is reset. */
  reset: { value: SettingValue | null; source: Exclude<SettingSource, 'admin'> };
}

/**
 * The encryption key by its public id, with its source; `derived` means from the app's own keys.
 */
export interface KeyView {
  id: string;
  source: 'config' | 'environment' | 'derived';
}

/** The answer of `GET /settings` and `PUT /settings`. */
export interface SettingsResponse {
  data: { settings: SettingView[]; key: KeyView };
}

/** The body of `PUT /settings`; `null` resets an administrator's value. */
export interface SettingsChange {
  settings: Record<string, SettingValue | null>;
}
