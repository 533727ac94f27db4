import type { LoginRecord, LoginSubject } from '../../../shared/core';
import type { Kept } from '../stores/limit-store';
import type { Moment, Rule } from './agreed-limits';
import type { loadServerCore } from './core';
import { isCount, isObject, remembered } from '../stores/remembered';

/** How an attempt to log in came out; one that was cut short by a fault says nothing. */
export type LoginOutcome = 'succeeded' | 'failed' | 'undecided';

/** Whether an attempt may be made: it may, not before some time has passed, or not while others are under way. */
export type Permit = { type: 'granted' | 'busy' } | { type: 'held'; retryAfterMs: number };

/** The core's part in it. */
export type LoginCore = Pick<
  ReturnType<typeof loadServerCore>,
  'decideLogin' | 'loginFailed' | 'loginSucceeded'
>;

/** An attempt whose process ended meanwhile counts for this long, in milliseconds. */
const GIVEN_UP_AFTER_MS = 30_000;

/**
 * More attempts under way are not noted: they would change nothing, as the core's locks are longest
 * before that. Only an account can have so many, from as many addresses that have not failed.
 */
const MOST_PENDING = 50;

/** What is remembered of one subject: its failures, and its attempts under way. */
interface Tally {
  record: LoginRecord | null;
  /** From when on the record says nothing any more. */
  forgetAtMs: number;
  /** The attempts under way, each with the instant at which it is given up. */
  pending: Record<string, number>;
}

/** The subjects of a login, in the order of their keys. */
const SUBJECTS = ['identifier', 'address'] as const;

/** The rules by which logins are permitted and counted, over the keys of identifier and address. */
export interface LoginRules {
  /** Asks whether an attempt may be made; if so it counts as failed until it is closed. */
  open(attempt: string): Rule<Permit>;
  /** Says how an attempt came out. */
  close(attempt: string, outcome: LoginOutcome): Rule<void>;
}

/** Makes the rules of the core's back-off; the names of this instance's attempts begin with `ours`. */
export function createLoginRules(
  { decideLogin, loginFailed, loginSucceeded }: LoginCore,
  ours: string,
): LoginRules {
  /** Reads a tally without what is over; one that nobody can read counts as none. */
  function tallyIn(text: string | null | undefined, nowMs: number): Tally {
    const { record, forgetAtMs, pending } = remembered(text, isTally) ?? NO_TALLY;
    const underWay = Object.entries(pending).filter(([, until]) => isAhead(until - nowMs));
    return { record, forgetAtMs, pending: Object.fromEntries(underWay) };
  }

  /** What instances that hear nothing of each other count counts as often as there are of them. */
  function failed(subject: LoginSubject, tally: Tally, { nowMs, shares }: Moment): Tally {
    let { record, forgetAtMs } = tally;
    for (let share = 0; share < shares; share += 1) {
      ({ record, forgetAtMs } = loginFailed(subject, record, nowMs));
    }
    return { ...tally, record, forgetAtMs };
  }

  /** Attempts of other instances were begun when all heard of each other. */
  function asIfAllFailed(subject: LoginSubject, tally: Tally, at: Moment): LoginRecord | null {
    const attempts = Object.keys(tally.pending);
    const momentOf = (attempt: string): Moment =>
      attempt.startsWith(ours) ? at : { ...at, shares: 1 };
    return attempts.reduce((so, attempt) => failed(subject, so, momentOf(attempt)), tally).record;
  }

  function after(outcome: LoginOutcome, subject: LoginSubject, tally: Tally, at: Moment): Tally {
    if (outcome === 'failed') return failed(subject, tally, at);
    if (outcome === 'undecided') return tally;
    return { ...tally, record: loginSucceeded(subject, tally.record) };
  }

  function permit(account: Tally, address: Tally, at: Moment): Permit {
    const { nowMs } = at;
    const [one, other] = [
      asIfAllFailed('identifier', account, at),
      asIfAllFailed('address', address, at),
    ];
    if (decideLogin(one, other, nowMs).allowed) return { type: 'granted' };
    const { allowed, retryAfterMs } = decideLogin(account.record, address.record, nowMs);
    return allowed ? { type: 'busy' } : { type: 'held', retryAfterMs };
  }

  return {
    open: (attempt) => (texts, at) => {
      const { nowMs } = at;
      const tallies = SUBJECTS.map((_subject, place) => tallyIn(texts[place], nowMs));
      const [account = NO_TALLY, address = NO_TALLY] = tallies;
      const result = permit(account, address, at);
      if (result.type !== 'granted') return { result, keep: tallies.map(kept) };
      const opened = tallies.map((tally) => noting(attempt, tally, nowMs));
      return { result, keep: opened.map(kept) };
    },

    close: (attempt, outcome) => (texts, at) => {
      const { nowMs } = at;
      const tallies = SUBJECTS.map((subject, place) => {
        const tally = tallyIn(texts[place], nowMs);
        const { [attempt]: _closed, ...pending } = tally.pending;
        return after(outcome, subject, { ...tally, pending }, at);
      });
      return { result: undefined, keep: tallies.map(kept) };
    },
  };
}

const NO_TALLY: Tally = { record: null, forgetAtMs: 0, pending: {} };

function noting(attempt: string, tally: Tally, nowMs: number): Tally {
  if (Object.keys(tally.pending).length >= MOST_PENDING) return tally;
  return { ...tally, pending: { ...tally.pending, [attempt]: nowMs + GIVEN_UP_AFTER_MS } };
}

/** What is further off than any attempt can be was noted by a clock that has since stepped back. */
function isAhead(leftMs: number): boolean {
  return leftMs > 0 && leftMs <= 2 * GIVEN_UP_AFTER_MS;
}

function isTally(value: unknown): value is Tally {
  if (!isObject(value) || !isCount(value.forgetAtMs) || !isObject(value.pending)) return false;
  if (!Object.values(value.pending).every(isCount)) return false;
  const { record } = value;
  if (record === null) return true;
  if (!isObject(record)) return false;
  return [record.forgivenAtMs, record.lastFailureAtMs, record.lockedUntilMs].every(isCount);
}

function kept(tally: Tally): Kept | null {
  const { record, forgetAtMs, pending } = tally;
  const until = Object.values(pending);
  if (!record && until.length === 0) return null;
  return {
    text: JSON.stringify(tally),
    forgetAtMs: Math.max(record ? forgetAtMs : 0, ...until),
  };
}
