import { createKeyedMutex } from '../../async/keyed-mutex';
import { monotonicMs, nowMs } from '../../clock';
import type {
  Core,
  CoreApi,
  LoginDecision,
  LoginOutcome,
  StoredLogin,
} from '../../../../shared/core';
import type { LoginStore, StoredLogins } from '../../stores/database/login-store';
import type { DecidedRefusal, RefusedAttempt } from './refusal';

/** An attempt at the password of a user. */
export interface AccountAttempt {
  userId: number;
  /** The fingerprints of the places that the attempt comes from, the most certain one first. */
  places: readonly string[];
  /** The session that asks for the password; `null` for a login. */
  sessionId: string | null;
}

/**
 * Where an attempt comes from, as the core reads it: `unknown`, or `known:` or `session:` and a name.
 */
export type LoginOrigin = string;

/** What is stored of a user, with where the attempt comes from. */
export interface ReadAccount {
  stored: StoredLogins;
  origin: LoginOrigin;
  /** The monotonic instant before it was read. */
  atMs: number;
}

/** A granted attempt. */
export interface GrantedAccount {
  /** Records the outcome; until then the attempt counts as failed, unless nothing was stored. */
  settle(outcome: LoginOutcome): Promise<void>;
}

/** Decides on attempts by the failed logins of a user, which stand in the database. */
export interface AccountAttempts {
  /** Reads what is stored of a user, in one statement. */
  read(attempt: AccountAttempt): Promise<ReadAccount>;
  /** Decides on an attempt, and reserves it before the password is compared. */
  decide(attempt: AccountAttempt, read: ReadAccount): Promise<GrantedAccount | DecidedRefusal>;
  /** Returns the key under which attempts from there wait for each other. */
  keyOf(userId: number, origin: LoginOrigin): string;
  /** Tells whether this process has another attempt from there under way. */
  isUnderWay(key: string): boolean;
  /** Clears the failures in a row, because the user has another password. */
  renew(userId: number): Promise<void>;
  /** Clears the failed logins of a user. */
  clear(userId: number): Promise<void>;
  /** Deletes what is stored of a deleted user. */
  forget(userId: number): Promise<void>;
  /** Deletes what is stored of all users, whose ids may be those of others now. */
  forgetEveryone(): Promise<void>;
}

/** A place at which the user has not logged in. */
export const UNKNOWN: LoginOrigin = 'unknown';

/** The most tries of a write that other instances overtake. */
const MAX_TRIES = 20;

/** Thrown where other instances overtake every write. */
class OthersWereFaster extends Error {}

/** The answer to an attempt that others overtake all the time. */
const BUSY: RefusedAttempt = { retryAfterMs: 1000, locks: false };

/** The used functions of the core, by its settings and without any. */
export type AccountCore = Pick<Core, 'decideLogin' | 'settleLogin'>;
export type AccountRules = Pick<CoreApi, 'loginOrigin' | 'placesKnownSinceMs'>;

/** The next record to store, `null` for none, with what the caller wants to know. */
interface Step<Result> {
  next: StoredLogin | null;
  result: Result;
}

/** A change of what is stored of a user. */
interface Change<Result> {
  /** What was read before the changes of others under way; `null` to read it now. */
  first: StoredLogins | null;
  step: (record: string | null) => Step<Result>;
  /** Tells whether a result must not rest on {@link first}. */
  needsFresh?: (result: Result) => boolean;
  /** Hears of the result before the next change of the user begins. */
  done?: (result: Result) => void;
}

/**
 * Creates the decisions on accounts.
 *
 * @param isInTransaction Tells whether the caller is in a transaction of the database.
 * @param changed Hears of each user whose attempts may be allowed now.
 */
export function createAccountAttempts(
  core: AccountCore,
  rules: AccountRules,
  store: LoginStore,
  isInTransaction: () => boolean,
  changed: (userId: number) => void,
): AccountAttempts {
  const mutex = createKeyedMutex();
  const underWay = new Map<string, number>();

  const isUnderWay = (key: string): boolean => underWay.has(key);

  function count(key: string, change: 1 | -1): void {
    const left = (underWay.get(key) ?? 0) + change;
    if (left > 0) underWay.set(key, left);
    else underWay.delete(key);
  }

  /** Steps from the stored record to the next one, and starts again if another writer was faster. */
  async function change<Result>(
    userId: number,
    { first, step, needsFresh, done }: Change<Result>,
  ): Promise<Result> {
    const attempt = async (): Promise<Result> => {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const early = tries === 0 ? first : null;
        const stored = early ?? (await store.read(userId, [], 0));
        const { next, result } = step(readable(stored.record));
        if (early && needsFresh?.(result)) continue;
        const written = next && { ...next, changedAtMs: nowMs() };
        if (!written || (await store.write(userId, stored.version, written))) {
          done?.(result);
          return result;
        }
      }
      throw new OthersWereFaster('the failed logins of a user could not be written');
    };
    // A caller with a connection must not wait for one who waits for a connection.
    return isInTransaction() ? await attempt() : await mutex.run(String(userId), attempt);
  }

  return {
    keyOf,
    isUnderWay,

    async read({ userId, places, sessionId }) {
      const atMs = monotonicMs();
      const stored = await store.read(userId, places, rules.placesKnownSinceMs(nowMs()));
      const known = stored.known.map(({ place }) => place);
      const origin = sessionId === null ? rules.loginOrigin(places, known) : `session:${sessionId}`;
      return { stored, origin, atMs };
    },

    async decide({ userId }, { stored, origin }) {
      const key = keyOf(userId, origin);
      let mayChange = false;
      const decide = (record: string | null): Step<LoginDecision> => {
        mayChange = isUnderWay(key);
        const decision = core.decideLogin(record, origin, mayChange, nowMs());
        return { next: decision.store, result: decision };
      };
      const decision = await change(userId, {
        first: stored,
        step: decide,
        // Those who held it up when it was read may have ended since.
        needsFresh: ({ allowed }) => !allowed,
        done: ({ allowed }) => {
          if (allowed) count(key, 1);
        },
      }).catch((error: unknown) => {
        if (error instanceof OthersWereFaster) return null;
        throw error;
      });
      if (!decision) return { ...BUSY, mayChange: isUnderWay(key) };
      if (!decision.allowed) return { ...decision, mayChange };
      const reserved = decision.store !== null;
      return {
        async settle(outcome) {
          try {
            await change(userId, {
              first: reserved ? null : stored,
              step: (record) => ({
                next: core.settleLogin(record, origin, reserved, outcome, nowMs()),
                result: undefined,
              }),
            });
          } finally {
            count(key, -1);
          }
        },
      };
    },

    async renew(userId) {
      await change(userId, {
        first: null,
        step: (record) => ({
          next: core.settleLogin(record, UNKNOWN, false, 'renewed', nowMs()),
          result: undefined,
        }),
      });
      changed(userId);
    },

    async clear(userId) {
      await store.clear(userId, nowMs());
      changed(userId);
    },

    forget: (userId) => store.removeUsers([userId]),
    forgetEveryone: () => store.removeEveryone(),
  };
}

/** A record of characters that the core writes; what another hand wrote counts as none. */
function readable(record: string | null): string | null {
  return record !== null && RECORD.test(record) ? record : null;
}

const RECORD = /^c\d+,\d+,[01]( u\d+,\d+,[01]| (known|session):[^ ,]+,\d+,\d+,\d+,[01])*$/;

const keyOf = (userId: number, origin: LoginOrigin): string => `${userId} ${origin}`;
