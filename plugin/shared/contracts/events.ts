import type { TerminationReason } from './sessions';

/** Where a login that came to nothing came from; never what was typed. */
export interface LoginAttemptFacts {
  method: string;
  ip: string | null;
  userAgent: string | null;
}

/** What Strapi's event hub tells of sessions and logins, by the name of the event. */
export interface SessionEvents {
  'session.created': { session: { id: string; userId: number; method: string } };
  'session.reactivated': { session: { id: string; userId: number } };
  'session.refresh-reused': { session: { id: string; userId: number } };
  'session.terminated': { session: { id: string; userId: number; reason: TerminationReason } };
  'login.failed': LoginAttemptFacts;
  'login.limited': LoginAttemptFacts & { retryAfterMs: number };
}

/**
 * Who does something: a user, an administrator, an API token, a visitor who has not signed in, or the
 * plugin itself by its rules and clocks, which have no id.
 */
export interface Actor {
  type: 'user' | 'admin' | 'api-token' | 'visitor' | 'system';
  id: number | null;
}
