import type {
  ChangedSetting,
  CleanUpReport,
  JournalEntryView,
  LoginAttemptFacts,
  SessionEvents,
} from '../../../../shared/contracts';

/** The payloads that the journal records, by event name. */
export interface JournalFacts extends Omit<SessionEvents, 'login.failed'> {
  /** The account that was tried, and the number of failed logins that were not recorded since. */
  'login.failed': LoginAttemptFacts & { userId: number | null; omitted: number };
  'settings.changed': { settings: Record<string, ChangedSetting> };
  'clean-up.finished': CleanUpReport;
}

/** The fields of an entry that depend on the event. */
export type EntryFields = Partial<
  Pick<JournalEntryView, 'sessionId' | 'userId' | 'why' | 'details' | 'ip' | 'userAgent'>
>;

type EntryFieldsByEvent = {
  [Name in keyof JournalFacts]: ((facts: JournalFacts[Name]) => EntryFields) | null;
};

/** Maps payloads to fields of entries; `null` leaves an event out of the journal. */
export const ENTRY_FIELDS: EntryFieldsByEvent = {
  'session.created': ({ session: { id, userId, method } }) => ({
    sessionId: id,
    userId,
    why: method,
  }),
  // Too frequent: a session in use is reactivated many times a day.
  'session.reactivated': null,
  'session.refresh-reused': ({ session: { id, userId, outcome } }) => ({
    sessionId: id,
    userId,
    why: outcome,
  }),
  'session.terminated': ({ session: { id, userId, reason } }) => ({
    sessionId: id,
    userId,
    why: reason,
  }),
  // The terminations of its sessions are recorded one by one.
  'sessions.revoked': null,
  'session.token-refused': ({ session: { id, userId, reason }, ip, userAgent }) => ({
    sessionId: id,
    userId,
    why: reason,
    ip,
    userAgent,
  }),
  'user.blocked': ({ user: { id } }) => ({ userId: id }),
  'user.unblocked': ({ user: { id } }) => ({ userId: id }),
  'login.failed': ({ method, ip, userAgent, userId, omitted }) => ({
    userId,
    why: method,
    ip,
    userAgent,
    details: omitted > 0 ? { omitted } : null,
  }),
  'login.locked': ({ user, method, ip, userAgent }) => ({
    userId: user?.id ?? null,
    why: method,
    ip,
    userAgent,
  }),
  'login.unlocked': ({ user, how }) => ({ userId: user?.id ?? null, why: how }),
  // A flood of guesses must not fill the journal; the failures that led to it are recorded.
  'login.limited': null,
  'settings.changed': ({ settings }) => ({ details: settings }),
  'clean-up.finished': ({ inactive, terminated, deleted, tookMs }) => ({
    details: { inactive, terminated, deleted, tookMs },
  }),
};
