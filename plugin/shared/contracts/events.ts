import type { RefreshReuseOutcome, TerminationReason } from './sessions';

/** The origin of a failed or limited login; never the identifier or the password. */
export interface LoginAttemptFacts {
  method: string;
  ip: string | null;
  userAgent: string | null;
}

/** The mark of an event about a termination by another instance; the event is not marked there. */
export interface HeardFrom {
  heardFrom?: 'another-instance';
}

/** The payloads of the events on Strapi's event hub, by event name. */
export interface SessionEvents {
  'session.created': { session: { id: string; userId: number; method: string } };
  'session.reactivated': { session: { id: string; userId: number } };
  'session.refresh-reused': {
    session: { id: string; userId: number; outcome: RefreshReuseOutcome };
  };
  /** Emitted once on every instance. */
  'session.terminated': {
    session: { id: string; userId: number; reason: TerminationReason };
  } & HeardFrom;
  /**
   * All sessions of a user, or of everyone, that began before an instant were terminated, or all
   * but one. Emitted once on every instance.
   */
  'sessions.revoked': {
    sessions: { userId: number | 'everyone'; reason: TerminationReason };
  } & HeardFrom;
  /** A token was used after its session had been terminated, for the reason that is named. */
  'session.token-refused': {
    session: { id: string; userId: number; reason: TerminationReason };
    ip: string | null;
    userAgent: string | null;
  };
  'user.blocked': { user: { id: number } };
  'user.unblocked': { user: { id: number } };
  'login.failed': LoginAttemptFacts;
  'login.limited': LoginAttemptFacts & { retryAfterMs: number };
  /** A lock has begun: that of a user's account, or that of a network or of a name without account. */
  'login.locked': LoginAttemptFacts & { user: { id: number } | null; retryAfterMs: number };
  /**
   * An administrator has lifted the locks of an account or of an address, or has opened a place for a
   * user; `user` is `null` for an address.
   */
  'login.unlocked': {
    user: { id: number } | null;
    how: 'lifted' | 'place-opened' | 'address-lifted';
  };
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
