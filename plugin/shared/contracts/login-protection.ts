import type { SessionUser } from './sessions';

/** A lock of an account that is in force. */
export interface LockView {
  userId: number;
  /** The end in ISO 8601 in UTC; `null` if only a reset of the password or an administrator ends it. */
  until: string | null;
}

/** A lock with its user by name. */
export interface LockRow extends LockView {
  user: SessionUser;
}

/** The answer of `GET /locks`. */
export interface LocksResponse {
  data: LockRow[];
}

/** A lock of an address that is in force. */
export interface AddressLock {
  ip: string;
  /** The end in ISO 8601 in UTC. */
  until: string;
}

/** The answer of `GET /locks/addresses`. */
export interface AddressLocksResponse {
  data: AddressLock[];
}

/** The body of `POST /locks/addresses/unlock`. */
export interface UnlockedAddress {
  ip: string;
}

/** The body of `POST /user/:userId/places`. */
export interface OpenedPlace {
  /** An address in the network to open. */
  ip: string;
}

/** An attempt of an app's own login route; call `succeeded` or `failed` once. */
export type OwnLoginAttempt =
  | { allowed: true; succeeded: () => Promise<void>; failed: () => Promise<void> }
  | { allowed: false; retryAfterMs: number };

/** The service `loginProtection` for other code of the app. */
export interface LoginProtectionService {
  /**
   * Asks for permission to check a password or a code; see docs/login-protection.md.
   *
   * It rejects with a TypeError if neither an identifier nor a user id is named.
   */
  attempt(attempt: { identifier?: string; userId?: number; ip: string }): Promise<OwnLoginAttempt>;
}
