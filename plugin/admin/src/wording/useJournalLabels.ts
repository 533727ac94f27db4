import type {
  JournalEntryView,
  RefreshReuseOutcome,
  SessionEvents,
} from '../../../shared/contracts';
import { EVENT_NAMES } from './eventNames';
import { REUSE_OUTCOMES, UNLOCK_NAMES } from './reasonNames';
import type { TranslationKey } from './translationId';
import { useMethodName } from './useMethodName';
import { useOptionLabels } from './useOptionLabels';
import { useReasonName } from './useReasonName';
import { useTranslate } from './useTranslate';

const ACTOR_NAMES: Record<JournalEntryView['who']['type'], TranslationKey> = {
  user: 'actor.user',
  admin: 'actor.admin',
  'api-token': 'actor.apiToken',
  visitor: 'actor.visitor',
  system: 'actor.system',
};

type UnlockWay = SessionEvents['login.unlocked']['how'];

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
  const reasonName = useReasonName();
  const { settingOf } = useOptionLabels();

  const cleanUpIn = (details: Details): string =>
    t('status.cleanUpDid', {
      inactive: countIn(details, 'inactive'),
      terminated: countIn(details, 'terminated'),
      deleted: countIn(details, 'deleted'),
    });

  /** The method of a failed login, and the number of earlier ones without an entry. */
  const failedLoginIn = (why: string | null, details: Details): string[] => {
    const omitted = countIn(details, 'omitted');
    return [
      ...(why === null ? [] : [methodName(why)]),
      ...(omitted > 0 ? [t('journal.omitted', { count: omitted })] : []),
    ];
  };

  return {
    eventName: ({ what }) => t(EVENT_NAMES[what]),
    detailsOf: ({ what, why, details }) => {
      switch (what) {
        case 'settings.changed':
          return Object.entries(details ?? {}).map(([name, value]) => settingOf(name, value));
        case 'clean-up.finished':
          return [cleanUpIn(details ?? {})];
        case 'session.terminated':
        case 'session.token-refused':
          return why === null ? [] : [reasonName(why)];
        case 'session.refresh-reused':
          // Earlier versions recorded no outcome.
          return why === null ? [] : [t(REUSE_OUTCOMES[why as RefreshReuseOutcome])];
        case 'login.failed':
          return failedLoginIn(why, details ?? {});
        case 'login.unlocked':
          // The server knows no other way.
          return why === null ? [] : [t(UNLOCK_NAMES[why as UnlockWay])];
        default:
          return why === null ? [] : [methodName(why)];
      }
    },
    actorName: ({ who }) => who.name ?? t(ACTOR_NAMES[who.type]),
  };
}

function countIn(details: Details, name: string): number {
  return Number(details[name] ?? 0);
}
