import type {
  CleanUpReport,
  JournalEntryView,
  SessionEvents,
  SettingsChange,
} from '../../../../shared/contracts';

/** What the journal hears of: the events, and what is no event of a session. */
export interface JournalFacts extends SessionEvents {
  'settings.changed': SettingsChange;
  'clean-up.finished': CleanUpReport;
}

/** What an entry says beside who, when and from where. */
export type EntryFields = Partial<
  Pick<JournalEntryView, 'sessionId' | 'userId' | 'why' | 'details' | 'ip' | 'userAgent'>
>;

type EntryFieldsByEvent = {
  [Name in keyof JournalFacts]: ((facts: JournalFacts[Name]) => EntryFields) | null;
};

/** What the journal keeps of each; `null` keeps it out. */
export const ENTRY_FIELDS: EntryFieldsByEvent = {
  'session.created': ({ session: { id, userId, method } }) => ({
    sessionId: id,
    userId,
    why: method,
  }),
  // A session in use comes back many times a day.
  'session.reactivated': null,
  'session.refresh-reused': ({ session: { id, userId } }) => ({ sessionId: id, userId }),
  'session.terminated': ({ session: { id, userId, reason } }) => ({
    sessionId: id,
    userId,
    why: reason,
  }),
  'login.failed': ({ method, ip, userAgent }) => ({ why: method, ip, userAgent }),
  // A flood of guesses is not to fill the journal; the failures that led to it stand there.
  'login.limited': null,
  'settings.changed': ({ settings }) => ({ details: settings }),
  'clean-up.finished': ({ inactive, terminated, deleted, tookMs }) => ({
    details: { inactive, terminated, deleted, tookMs },
  }),
};
