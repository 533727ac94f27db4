import { createWaitQueue } from '../../async/wait-queue';
import { monotonicMs } from '../../clock';
import type { Client, LoginOutcome } from '../../../../shared/core';
import {
  UNKNOWN,
  type AccountAttempt,
  type AccountAttempts,
  type GrantedAccount,
  type ReadAccount,
} from './account-attempts';
import type { NetworkAttempts } from './network-attempts';
import type { DecidedRefusal, RefusedAttempt } from './refusal';
import type { RepeatedRefusals } from './repeated-refusals';

/** An attempt to log in, before the password is compared. */
export type LoginAttempt =
  | (AccountAttempt & { client: Client })
  | {
      /** The name that was typed and that no account has; `null` for a code that names nobody. */
      name: string | null;
      client: Client;
    };

/** A granted attempt. */
export interface GrantedAttempt {
  /** What was read of the user; `null` if nothing was. */
  read: ReadAccount | null;
  /** Records the outcome. The caller must call it; until then the attempt counts as failed. */
  end(outcome: LoginOutcome): Promise<void>;
}

/** Limits the failed logins of accounts, networks and names. */
export interface LoginProtection {
  /** Tells whether logins are limited; if not, nothing is read of users. */
  isEnabled(): boolean;
  /**
   * Asks for permission to compare a password.
   *
   * An attempt that only attempts under way hold up waits for their outcome.
   */
  begin(attempt: LoginAttempt): Promise<GrantedAttempt | RefusedAttempt>;
}

/** The longest wait of an attempt for others, in milliseconds. */
const MAX_WAIT_MS = 60_000;

/** The interval between checks for outcomes on other instances, in milliseconds. */
const RECHECK_AFTER_MS = 3000;

/** The maximum number of waiting attempts; further ones are refused at once. */
const MAX_WAITING = 1000;

/** A client without networks, for the key of a name alone. */
const NOBODY: Client = { address: null, isTrusted: false, place: null, networks: [] };

/** A refusal, and the keys of the attempts that may change it. */
interface Held {
  refusal: DecidedRefusal;
  keys: readonly string[];
  /** Tells whether one of those attempts is under way. */
  isUnderWay: () => boolean;
}

/** Dependencies of {@link createLoginProtection}. */
export interface LoginProtectionParts {
  accounts: AccountAttempts;
  networks: NetworkAttempts;
  refusals: RepeatedRefusals;
  isEnabled: () => boolean;
}

/** The attempt while logins are not limited. */
const UNLIMITED: GrantedAttempt = { read: null, end: () => Promise.resolve() };

/**
 * Creates the protection.
 *
 * @param isInTransaction Tells whether the caller is in a transaction, and must not wait for others.
 */
export function createLoginProtection(
  { accounts, networks, refusals, isEnabled }: LoginProtectionParts,
  isInTransaction: () => boolean,
): LoginProtection {
  const waitQueue = createWaitQueue();

  const heldByNetworks = (refusal: DecidedRefusal, keys: readonly string[]): Held => ({
    refusal,
    keys,
    isUnderWay: () => networks.isUnderWay(keys),
  });

  async function beginName(client: Client, name: string | null): Promise<GrantedAttempt | Held> {
    const keys = networks.keysOf(client, name);
    const taken = await networks.take(client, name);
    if ('locks' in taken) return heldByNetworks(taken, keys);
    return {
      read: null,
      async end(outcome) {
        try {
          await taken.end(outcome === 'failed');
        } finally {
          waitQueue.wakeNext(keys);
        }
      },
    };
  }

  async function beginAccount(
    attempt: AccountAttempt & { client: Client },
  ): Promise<GrantedAttempt | Held> {
    const { client, userId } = attempt;
    const read = await accounts.read(attempt);
    const { origin } = read;
    // A known place is held by its own failures alone, and a session wherever it is.
    const keys = origin === UNKNOWN ? networks.keysOf(client, null) : [];
    const taken = keys.length > 0 ? await networks.take(client, null) : null;
    if (taken && 'locks' in taken) return heldByNetworks(taken, keys);
    const key = accounts.keyOf(userId, origin);
    const granted = await decideOrGiveBack(attempt, read, async () => {
      await taken?.end(false);
      waitQueue.wakeNext(keys);
    });
    if ('locks' in granted)
      return { refusal: granted, keys: [key], isUnderWay: () => accounts.isUnderWay(key) };
    return {
      read,
      async end(outcome) {
        try {
          await granted.settle(outcome);
        } finally {
          try {
            await taken?.end(outcome === 'failed');
          } finally {
            waitQueue.wakeNext([...keys, key]);
          }
        }
        if (outcome === 'failed' && origin.startsWith('known:')) await networks.count(client);
      },
    };
  }

  async function decideOrGiveBack(
    attempt: AccountAttempt,
    read: ReadAccount,
    giveBack: () => Promise<void>,
  ): Promise<GrantedAccount | DecidedRefusal> {
    let granted: GrantedAccount | DecidedRefusal;
    try {
      granted = await accounts.decide(attempt, read);
    } catch (error) {
      await giveBack();
      throw error;
    }
    if ('locks' in granted) await giveBack();
    return granted;
  }

  return {
    isEnabled,

    async begin(attempt) {
      if (!isEnabled()) return UNLIMITED;
      const subject =
        'userId' in attempt
          ? userSubject(attempt.userId)
          : networks.keysOf(NOBODY, attempt.name).join();
      const from = fromOf(attempt);
      const earlier = refusals.find(subject, from);
      if (earlier) return earlier;
      const deadlineMs = monotonicMs() + MAX_WAIT_MS;
      let locks = false;
      for (let hasWaited = false; ; hasWaited = true) {
        const begun =
          'name' in attempt
            ? await beginName(attempt.client, attempt.name)
            : await beginAccount(attempt);
        if ('end' in begun) return begun;
        const { refusal, keys } = begun;
        // The refusal that begins a lock may be followed by others.
        locks ||= refusal.locks;
        const isLate = monotonicMs() > deadlineMs;
        if (!refusal.mayChange) refusals.add(subject, from, refusal);
        // Those who wait for the same are refused likewise.
        if (!refusal.mayChange || isLate) waitQueue.wakeNext(keys);
        const isFull = !hasWaited && waitQueue.size() >= MAX_WAITING;
        if (!refusal.mayChange || isLate || isFull || isInTransaction())
          return { retryAfterMs: refusal.retryAfterMs, locks };
        if (begun.isUnderWay()) await waitQueue.wait(keys, RECHECK_AFTER_MS);
      }
    },
  };
}

/** Names the attempts at a user. */
export const userSubject = (userId: number): string => `user ${userId}`;

/** Names where an attempt comes from. */
function fromOf(attempt: LoginAttempt): string {
  const { networks } = attempt.client;
  return JSON.stringify(
    'userId' in attempt ? [networks, attempt.places, attempt.sessionId] : networks,
  );
}
