import type {
  JournalEntryView,
  RefreshReuseOutcome,
  TerminationReason,
} from '../../../shared/contracts';
import { EVENT_NAMES } from './eventNames';
import { REASON_NAMES, REUSE_OUTCOMES } from './reasonNames';
import type { TranslationKey } from './translationId';
import { useMethodName } from './useMethodName';
import { useOptionLabels } from './useOptionLabels';
import { useTranslate } from './useTranslate';

const ACTOR_NAMES: Record<JournalEntryView['who']['type'], TranslationKey> = {
  user: 'actor.user',
  admin: 'actor.admin',
  'api-token': 'actor.apiToken',
  visitor: 'actor.visitor',
  system: 'actor.system',
};

type Details = NonNullable<JournalEntryView['details']>;

/** The texts of a journal entry. */
export interface JournalLabels {
  eventName: (entry: JournalEntryView) => string;
  /** Its reason, method or result; empty if none is known. */
  detailsOf: (entry: JournalEntryView) => string[];
  actorName: (entry: JournalEntryView) => string;
}

/** Gives the texts of journal entries in the administrator's language. */
export function useJournalLabels(): JournalLabels {
  const t = useTranslate();
  const methodName = useMethodName();
  const { settingOf } = useOptionLabels();

  const countsIn = (details: Details): string => {
    const count = (name: string) => Number(details[name] ?? 0);
    return t('status.cleanUpDid', {
      inactive: count('inactive'),
      terminated: count('terminated'),
      deleted: count('deleted'),
    });
  };

  return {
    eventName: ({ what }) => t(EVENT_NAMES[what]),
    detailsOf: ({ what, why, details }) => {
      switch (what) {
        case 'settings.changed':
          return Object.entries(details ?? {}).map(([name, value]) => settingOf(name, value));
        case 'clean-up.finished':
          return [countsIn(details ?? {})];
        case 'session.terminated':
        case 'session.token-refused':
          // The reason of a termination is always one of these.
          return why === null ? [] : [t(REASON_NAMES[why as TerminationReason])];
        case 'session.refresh-reused':
          // Earlier versions recorded no outcome.
          return why === null ? [] : [t(REUSE_OUTCOMES[why as RefreshReuseOutcome])];
        default:
          return why === null ? [] : [methodName(why)];
      }
    },
    actorName: ({ who }) => who.name ?? t(ACTOR_NAMES[who.type]),
  };
}
