import type { SettingSource, SettingView } from '../../../shared/contracts';
import type { DurationUnit } from './duration';
import type { TranslationKey } from './translationId';

/** What an option is called and what is said about it. */
export interface OptionTexts {
  name: TranslationKey;
  why: TranslationKey;
}

/** The options by subject, in the order in which they are shown. */
export const OPTION_GROUPS: readonly { title: TranslationKey; options: readonly string[] }[] = [
  {
    title: 'settings.group.activity',
    options: ['inactivityTimeout', 'onInactive', 'lastSeenRateLimit'],
  },
  {
    title: 'settings.group.lifetime',
    options: ['absoluteTimeout', 'maxSessionsPerUser', 'onLimit', 'terminateOnRoleChange'],
  },
  { title: 'settings.group.tokens', options: ['strict', 'refreshRetryWindow'] },
  {
    title: 'settings.group.records',
    options: ['terminatedRetentionDays', 'journalRetentionDays', 'storeTokens'],
  },
];

/** The texts of each option; one the core has learnt since is shown with the core's own words. */
export const OPTION_TEXTS = new Map<string, OptionTexts>([
  [
    'inactivityTimeout',
    { name: 'option.inactivityTimeout.name', why: 'option.inactivityTimeout.why' },
  ],
  ['onInactive', { name: 'option.onInactive.name', why: 'option.onInactive.why' }],
  [
    'lastSeenRateLimit',
    { name: 'option.lastSeenRateLimit.name', why: 'option.lastSeenRateLimit.why' },
  ],
  ['absoluteTimeout', { name: 'option.absoluteTimeout.name', why: 'option.absoluteTimeout.why' }],
  [
    'maxSessionsPerUser',
    { name: 'option.maxSessionsPerUser.name', why: 'option.maxSessionsPerUser.why' },
  ],
  ['onLimit', { name: 'option.onLimit.name', why: 'option.onLimit.why' }],
  [
    'terminateOnRoleChange',
    { name: 'option.terminateOnRoleChange.name', why: 'option.terminateOnRoleChange.why' },
  ],
  ['storeTokens', { name: 'option.storeTokens.name', why: 'option.storeTokens.why' }],
  ['strict', { name: 'option.strict.name', why: 'option.strict.why' }],
  [
    'refreshRetryWindow',
    { name: 'option.refreshRetryWindow.name', why: 'option.refreshRetryWindow.why' },
  ],
  [
    'terminatedRetentionDays',
    { name: 'option.terminatedRetentionDays.name', why: 'option.terminatedRetentionDays.why' },
  ],
  [
    'journalRetentionDays',
    { name: 'option.journalRetentionDays.name', why: 'option.journalRetentionDays.why' },
  ],
]);

/** What the numbers of an option count, where the core is not at hand to say so. */
export const OPTION_UNITS = new Map<string, SettingView['unit']>([
  ['inactivityTimeout', 'ms'],
  ['lastSeenRateLimit', 'ms'],
  ['absoluteTimeout', 'ms'],
  ['refreshRetryWindow', 'ms'],
  ['maxSessionsPerUser', 'sessions'],
  ['terminatedRetentionDays', 'days'],
  ['journalRetentionDays', 'days'],
]);

/** What the words of a choice mean. */
export const CHOICE_NAMES = new Map<string, TranslationKey>([
  ['mark', 'choice.mark'],
  ['terminate', 'choice.terminate'],
  ['evict-oldest', 'choice.evictOldest'],
  ['deny-new', 'choice.denyNew'],
]);

/** Where a value comes from, in words. */
export const SOURCE_NAMES: Record<SettingSource, TranslationKey> = {
  default: 'source.default',
  config: 'source.config',
  admin: 'source.admin',
};

/** The names of the units of time, as one chooses between them. */
export const UNIT_NAMES: Record<DurationUnit, TranslationKey> = {
  millisecond: 'unit.milliseconds',
  second: 'unit.seconds',
  minute: 'unit.minutes',
  hour: 'unit.hours',
  day: 'unit.days',
};
