import type { JournalEntryView, JournalEvent, TerminationReason } from '../../../shared/contracts';
import { REASON_NAMES } from '../utils/reasonNames';
import type { TranslationKey } from '../utils/translationId';
import { useMethodName } from './useMethodName';
import { useTranslate } from './useTranslate';

const EVENT_NAMES = new Map<JournalEvent, TranslationKey>([
  ['session.created', 'event.created'],
  ['session.terminated', 'event.terminated'],
  ['session.refresh-reused', 'event.refreshReused'],
]);

const ACTOR_NAMES: Record<JournalEntryView['who']['type'], TranslationKey> = {
  user: 'actor.user',
  admin: 'actor.admin',
  'api-token': 'actor.apiToken',
  visitor: 'actor.visitor',
  system: 'actor.system',
};

/** The words for an entry of a session's history. */
export interface HistoryWords {
  /** What happened, and why. */
  eventName: (entry: JournalEntryView) => string;
  /** Who did it, and from where if that is known. */
  actorName: (entry: JournalEntryView) => string;
}

/** Provides {@link HistoryWords} in the administrator's language. */
export function useHistoryWords(): HistoryWords {
  const t = useTranslate();
  const methodName = useMethodName();

  const reasonOf = ({ what, why }: JournalEntryView): string | null => {
    if (why === null) {
      return null;
    }
    // Why a session ended is always one of these.
    return what === 'session.terminated'
      ? t(REASON_NAMES[why as TerminationReason])
      : methodName(why);
  };

  return {
    eventName: (entry) => {
      const name = EVENT_NAMES.get(entry.what);
      return [name === undefined ? entry.what : t(name), reasonOf(entry)]
        .filter((part) => part !== null)
        .join(' · ');
    },
    actorName: ({ who, ip }) =>
      [who.name ?? t(ACTOR_NAMES[who.type]), ip].filter((part) => part !== null).join(' · '),
  };
}
