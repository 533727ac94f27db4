import type { RefreshReuseOutcome, TerminationReason } from './sessions';

/** The origin of a failed or limited login; never the identifier or the password. */
export interface LoginAttemptFacts {
  method: string;
  ip: string | null;
  userAgent: string | null;
}

/** The payloads of the events on Strapi's event hub, by event name. */
export interface SessionEvents {
  'session.created': { session: { id: string; userId: number; method: string } };
  'session.reactivated': { session: { id: string; userId: number } };
  'session.refresh-reused': {
    session: { id: string; userId: number; outcome: RefreshReuseOutcome };
  };
  'session.terminated': { session: { id: string; userId: number; reason: TerminationReason } };
  'login.failed': LoginAttemptFacts;
  'login.limited': LoginAttemptFacts & { retryAfterMs: number };
}

/**
 * Who performs an action: a user, an administrator, an API token, a visitor who is not signed in,
 * or the plugin itself (`system`).
 */
export interface Actor {
  type: 'user' | 'admin' | 'api-token' | 'visitor' | 'system';
  /** `null` for a visitor and for `system`. */
  id: number | null;
}
