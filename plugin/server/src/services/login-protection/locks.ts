import type { LockView } from '../../../../shared/contracts';
import { nowMs } from '../../clock';
import type { LoginStore } from '../../stores/database/login-store';
import type { AccountAttempts } from './account-attempts';
import type { KnownPlaces } from './known-places';

/** The locks of accounts that are in force. */
export interface Locks {
  /** Returns the users who are locked, at most {@link MAX_LISTED}, those locked longest first. */
  list(): Promise<LockView[]>;
  /** Lifts all locks of a user: the failed logins are forgotten, known places stay. */
  lift(userId: number): Promise<void>;
  /** Lets a user log in from the place of an address; tells whether the text is an address. */
  openPlace(userId: number, ip: string): Promise<boolean>;
}

/** The most locks of a list. */
export const MAX_LISTED = 200;

/** The end of a lock that only a success, a reset or an administrator ends. */
const UNTIL_RESET_MS = 8_640_000_000_000_000;

/** Creates the list of locks. */
export function createLocks(
  store: LoginStore,
  accounts: AccountAttempts,
  places: KnownPlaces,
): Locks {
  return {
    async list() {
      const locked = await store.locked(nowMs(), MAX_LISTED);
      return locked.map(({ userId, lockedUntilMs }) => ({
        userId,
        until: lockedUntilMs >= UNTIL_RESET_MS ? null : new Date(lockedUntilMs).toISOString(),
      }));
    },

    lift: (userId) => accounts.clear(userId),

    async openPlace(userId, ip) {
      const place = places.placeOf(ip);
      if (place === null) return false;
      await places.open(userId, place);
      return true;
    },
  };
}
