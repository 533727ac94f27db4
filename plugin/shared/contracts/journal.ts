import type { Actor } from './events';
import type { Pagination } from './lists';
import type { LocationView, SessionUser } from './sessions';
import type { SettingValue } from './settings';

/** The events that the journal records. */
export const JOURNAL_EVENTS = [
  'session.created',
  'session.terminated',
  'session.refresh-reused',
  'session.token-refused',
  'user.blocked',
  'user.unblocked',
  'login.failed',
  'login.locked',
  'login.unlocked',
  'settings.changed',
  'clean-up.finished',
] as const;
export type JournalEvent = (typeof JOURNAL_EVENTS)[number];

/** A changed option, with its values before and after. */
export interface ChangedSetting {
  from: SettingValue;
  to: SettingValue;
  /** Present where the administrators' value was removed, so that `to` is that of config/plugins. */
  reset?: true;
}

/** One entry of the journal. */
export interface JournalEntryView {
  id: number;
  /** The time in ISO 8601 in UTC. */
  at: string;
  what: JournalEvent;
  /** The actor; the name is `null` where there is none, and once the account is gone. */
  who: Actor & { name: string | null };
  /** The session that the entry concerns; `null` where it concerns none. */
  sessionId: string | null;
  /** The user that the entry concerns; `null` where it concerns none. */
  userId: number | null;
  /** That user by name; `null` where the entry concerns none. */
  user: SessionUser | null;
  /** The method of a login, the reason of a termination, or the outcome of a reuse. */
  why: string | null;
  /**
   * The changed options, or the counts of a clean-up. An entry of an earlier version has the new
   * value of an option only (`null`: reset).
   */
  details: Record<string, ChangedSetting | SettingValue | null> | null;
  ip: string | null;
  /** Where that address is; `null` without an address, and where `geo` is off. */
  location: LocationView | null;
  userAgent: string | null;
}

/** The answer of `GET /journal`, newest first. */
export interface JournalPage {
  data: JournalEntryView[];
  meta: { pagination: Pagination };
}
