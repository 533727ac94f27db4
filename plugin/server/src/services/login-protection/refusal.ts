/** An attempt to log in that may not be made yet. */
export interface RefusedAttempt {
  retryAfterMs: number;
  /** Whether this refusal begins a lock. */
  locks: boolean;
}

/** A refusal, as it was decided. */
export interface DecidedRefusal extends RefusedAttempt {
  /** Whether other attempts from there were under way then: their outcome may change it. */
  mayChange: boolean;
}

/** Thrown for a login that was not tried; GraphQL would log an error with fields as a fault. */
export class LoginLimited extends Error {}
