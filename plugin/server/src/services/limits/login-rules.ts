import type { LoginRecord, LoginSubject } from '../../../../shared/core';
import type { LimitEntry } from '../../stores/limit-store';
import type { DecisionContext, Rule, Texts } from './shared-limiter';
import type { loadServerCore } from '../settings/load-core';
import { isCount, isObject, parseStored } from '../../stores/stored-json';

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
const ATTEMPT_EXPIRES_AFTER_MS = 30_000;

/**
 * More attempts under way are not noted: they would change nothing, as the core's locks are longest
 * before that. Only an account can have so many, from as many addresses that have not failed.
 */
const MAX_PENDING = 50;

/** What is remembered of one subject: its failures, and its attempts under way. */
interface Tally {
  record: LoginRecord | null;
  /** From when on the record says nothing any more. */
  forgetAtMs: number;
  /** How many attempts of other instances count ahead of the next one here. */
  ahead: number;
  /** The attempts under way, each with the instant at which it is given up. */
  pending: Record<string, number>;
}

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
    const { pending, ...counted } = parseStored(text, isTally) ?? NO_TALLY;
    const underWay = Object.entries(pending).filter(([, until]) => isAhead(until - nowMs));
    return { ...counted, pending: Object.fromEntries(underWay) };
  }

  function countFailures(subject: LoginSubject, tally: Tally, count: number, nowMs: number): Tally {
    let { record, forgetAtMs } = tally;
    for (let counted = 0; counted < count; counted += 1) {
      ({ record, forgetAtMs } = loginFailed(subject, record, nowMs));
    }
    return { ...tally, record, forgetAtMs };
  }

  /** What instances that hear nothing of each other count counts as often as there are of them. */
  function failed(subject: LoginSubject, tally: Tally, { nowMs, shares }: DecisionContext): Tally {
    const count = Math.max(1, shares - tally.ahead);
    return { ...countFailures(subject, tally, count, nowMs), ahead: 0 };
  }

  /** Attempts of other instances were begun when all heard of each other. */
  function allFailed(subject: LoginSubject, tally: Tally, at: DecisionContext): Tally {
    const attempts = Object.keys(tally.pending);
    const momentOf = (attempt: string): DecisionContext =>
      attempt.startsWith(ours) ? at : { ...at, shares: 1 };
    return attempts.reduce((so, attempt) => failed(subject, so, momentOf(attempt)), tally);
  }

  /**
   * Counts what instances that are not heard of may try before this one does, as soon as they could:
   * an attempt that is free for each of them must not be one for all. Nothing, where that locks nobody.
   */
  function othersFirst(
    subject: LoginSubject,
    tally: Tally,
    { nowMs, shares }: DecisionContext,
  ): Tally {
    let counted = tally;
    while (counted.ahead < shares - 1 && !isLocked(counted, nowMs)) {
      counted = { ...countFailures(subject, counted, 1, nowMs), ahead: counted.ahead + 1 };
    }
    return isLocked(counted, nowMs) ? counted : tally;
  }

  function after(
    outcome: LoginOutcome,
    subject: LoginSubject,
    tally: Tally,
    at: DecisionContext,
  ): Tally {
    if (outcome === 'failed') return failed(subject, tally, at);
    if (outcome === 'undecided') return tally;
    const record = loginSucceeded(subject, tally.record);
    return { ...tally, record, ahead: record ? tally.ahead : 0 };
  }

  function decide([account, address]: Tallies, nowMs: number): ReturnType<typeof decideLogin> {
    return decideLogin(account.record, address.record, nowMs);
  }

  function permit(tallies: Tallies, at: DecisionContext): Permit {
    const { nowMs } = at;
    const atWorst = ofEach(tallies, (tally, subject) =>
      othersFirst(subject, allFailed(subject, tally, at), at),
    );
    if (decide(atWorst, nowMs).allowed) return { type: 'granted' };
    const { allowed, retryAfterMs } = decide(withOthers(tallies, at), nowMs);
    return allowed ? { type: 'busy' } : { type: 'held', retryAfterMs };
  }

  const withOthers = (tallies: Tallies, at: DecisionContext): Tallies =>
    ofEach(tallies, (tally, subject) => othersFirst(subject, tally, at));

  const talliesIn = ([account, address]: Texts, nowMs: number): Tallies => [
    tallyIn(account, nowMs),
    tallyIn(address, nowMs),
  ];

  return {
    open: (attempt) => (texts, at) => {
      const { nowMs } = at;
      const tallies = talliesIn(texts, nowMs);
      const result = permit(tallies, at);
      if (result.type === 'granted') {
        const opened = ofEach(tallies, (tally) => noting(attempt, tally, nowMs));
        return { result, keep: opened.map(kept) };
      }
      const refused = result.type === 'held' ? withOthers(tallies, at) : tallies;
      return { result, keep: refused.map(kept) };
    },

    close: (attempt, outcome) => (texts, at) => {
      const tallies = ofEach(talliesIn(texts, at.nowMs), (tally, subject) => {
        const { [attempt]: _closed, ...pending } = tally.pending;
        return after(outcome, subject, { ...tally, pending }, at);
      });
      return { result: undefined, keep: tallies.map(kept) };
    },
  };
}

/** The tallies of account and address. */
type Tallies = readonly [Tally, Tally];

function ofEach(
  [account, address]: Tallies,
  act: (tally: Tally, subject: LoginSubject) => Tally,
): Tallies {
  return [act(account, 'identifier'), act(address, 'address')];
}

function isLocked({ record }: Tally, nowMs: number): boolean {
  return record !== null && record.lockedUntilMs > nowMs;
}

const NO_TALLY: Tally = { record: null, forgetAtMs: 0, ahead: 0, pending: {} };

function noting(attempt: string, tally: Tally, nowMs: number): Tally {
  if (Object.keys(tally.pending).length >= MAX_PENDING) return tally;
  return { ...tally, pending: { ...tally.pending, [attempt]: nowMs + ATTEMPT_EXPIRES_AFTER_MS } };
}

/** What is further off than any attempt can be was noted by a clock that has since stepped back. */
function isAhead(leftMs: number): boolean {
  return leftMs > 0 && leftMs <= 2 * ATTEMPT_EXPIRES_AFTER_MS;
}

function isTally(value: unknown): value is Tally {
  if (
    !isObject(value) ||
    !isCount(value.forgetAtMs) ||
    !isCount(value.ahead) ||
    !isObject(value.pending)
  )
    return false;
  if (!Object.values(value.pending).every(isCount)) return false;
  const { record } = value;
  if (record === null) return true;
  if (!isObject(record)) return false;
  return [record.forgivenAtMs, record.lastFailureAtMs, record.lockedUntilMs].every(isCount);
}

function kept(tally: Tally): LimitEntry | null {
  const { record, forgetAtMs, pending } = tally;
  const until = Object.values(pending);
  if (!record && until.length === 0) return null;
  return {
    text: JSON.stringify(tally),
    forgetAtMs: Math.max(record ? forgetAtMs : 0, ...until),
  };
}
