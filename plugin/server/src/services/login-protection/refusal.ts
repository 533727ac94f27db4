/** An attempt to log in that may not be made yet. */
export interface RefusedAttempt {
  retryAfterMs: number;
  /** Whether this refusal begins a lock. */
  locks: boolean;
}

/** Thrown for a login that was not tried; GraphQL would log an error with fields as a fault. */
export class LoginLimited extends Error {}
