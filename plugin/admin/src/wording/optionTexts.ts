import type { SettingSource, SettingView } from '../../../shared/contracts';
import type { DurationUnit } from './duration';
import type { TranslationKey } from './translationId';

/** The name of an option that the translations describe. */
export type OptionName = TranslationKey extends infer Key
  ? Key extends `option.${infer Name}.name`
    ? Name
    : never
  : never;

/** The options by subject, in the order in which they are shown. */
export const OPTION_GROUPS: readonly { title: TranslationKey; options: readonly OptionName[] }[] = [
  {
    title: 'settings.group.activity',
    options: ['inactivityTimeout', 'onInactive', 'lastSeenRateLimit'],
  },
  {
    title: 'settings.group.lifetime',
    options: ['absoluteTimeout', 'maxSessionsPerUser', 'onLimit', 'terminateOnRoleChange'],
  },
  {
    title: 'settings.group.logins',
    options: [
      'failedLogins.enabled',
      'failedLogins.perAccount',
      'failedLogins.perAddress',
      'failedLogins.maxConsecutive',
      'failedLogins.trustedNetworks',
    ],
  },
  { title: 'settings.group.tokens', options: ['strict', 'refreshRetryWindow', 'onRefreshReuse'] },
  {
    title: 'settings.group.records',
    options: ['terminatedRetentionDays', 'journalRetentionDays', 'storeTokens'],
  },
];

const OPTIONS = OPTION_GROUPS.flatMap(({ options }): readonly string[] => options);

/** Whether the translations describe an option. An option that only a newer core has is unknown. */
export function isDescribed(name: string): name is OptionName {
  return OPTIONS.includes(name);
}

/** The units of numbers, for pages that do not load the settings. */
export const OPTION_UNITS = new Map<string, SettingView['unit']>([
  ['inactivityTimeout', 'ms'],
  ['lastSeenRateLimit', 'ms'],
  ['absoluteTimeout', 'ms'],
  ['refreshRetryWindow', 'ms'],
  ['maxSessionsPerUser', 'sessions'],
  ['failedLogins.perAccount', 'failures/day'],
  ['failedLogins.perAddress', 'failures/day'],
  ['failedLogins.maxConsecutive', 'failures'],
  ['terminatedRetentionDays', 'days'],
  ['journalRetentionDays', 'days'],
]);

/** The names of the choices. */
export const CHOICE_NAMES = new Map<string, TranslationKey>([
  ['mark', 'choice.mark'],
  ['terminate', 'choice.terminate'],
  ['evict-oldest', 'choice.evictOldest'],
  ['deny-new', 'choice.denyNew'],
  ['token', 'choice.token'],
  ['refuse', 'choice.refuse'],
  ['tolerate', 'choice.tolerate'],
]);

/** The names of the sources of values. */
export const SOURCE_NAMES: Record<SettingSource, TranslationKey> = {
  default: 'source.default',
  config: 'source.config',
  admin: 'source.admin',
};

/** The names of the units of time. */
export const UNIT_NAMES: Record<DurationUnit, TranslationKey> = {
  millisecond: 'unit.milliseconds',
  second: 'unit.seconds',
  minute: 'unit.minutes',
  hour: 'unit.hours',
  day: 'unit.days',
};
