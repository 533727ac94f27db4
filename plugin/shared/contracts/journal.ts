import type { Actor } from './events';
import type { Pagination } from './lists';
import type { SessionUser } from './sessions';
import type { SettingValue } from './settings';

/** What the journal tells of. */
export const JOURNAL_EVENTS = [
  'session.created',
  'session.terminated',
  'session.refresh-reused',
  'login.failed',
  'settings.changed',
  'clean-up.finished',
] as const;
export type JournalEvent = (typeof JOURNAL_EVENTS)[number];

/** One entry of the journal. */
export interface JournalEntryView {
  id: number;
  /** When, in ISO 8601 in UTC. */
  at: string;
  what: JournalEvent;
  /** Who did it; the name is `null` where there is none, or none any more. */
  who: Actor & { name: string | null };
  /** The session and the user it is about; `null` where it is about neither. */
  sessionId: string | null;
  userId: number | null;
  /** That user by name; `null` where it is about none. */
  user: SessionUser | null;
  /** The method of a login, or the reason of a termination. */
  why: string | null;
  /** The options that were changed (`null`: taken back), or the counts of a clean-up. */
  details: Record<string, SettingValue | null> | null;
  ip: string | null;
  userAgent: string | null;
}

/** The answer of `GET /journal`, newest first. */
export interface JournalPage {
  data: JournalEntryView[];
  meta: { pagination: Pagination };
}
