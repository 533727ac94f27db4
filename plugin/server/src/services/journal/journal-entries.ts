import type {
  CleanUpReport,
  JournalEntryView,
  SessionEvents,
  SettingsChange,
} from '../../../../shared/contracts';

/** What the journal hears of: the events, and what is no event of a session. */
export interface Noted extends SessionEvents {
  'settings.changed': SettingsChange;
  'clean-up.finished': CleanUpReport;
}

/** What an entry says beside who, when and from where. */
export type Facts = Partial<
  Pick<JournalEntryView, 'sessionId' | 'userId' | 'why' | 'details' | 'ip' | 'userAgent'>
>;

type Keeping = { [Name in keyof Noted]: ((facts: Noted[Name]) => Facts) | null };

/** What the journal keeps of each; `null` keeps it out. */
export const KEPT: Keeping = {
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
  'clean-up.finished': ({ inactive, ended, deleted, tookMs }) => ({
    details: { inactive, ended, deleted, tookMs },
  }),
};
