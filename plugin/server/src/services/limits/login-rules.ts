import type { LoginRecord, LoginSubject } from '../../../../shared/core';
import type { LimitEntry } from '../../stores/limit-store';
import type { DecisionContext, Rule, Texts } from './shared-limiter';
import type { loadServerCore } from '../settings/load-core';
import { isCount, isObject, parseStored } from '../../stores/stored-json';

/** The outcome of an attempt to log in; `undecided` if a fault interrupted it. */
export type LoginOutcome = 'succeeded' | 'failed' | 'undecided';

/**
 * The decision on an attempt: `granted`, `busy` while others are pending, or `locked` for a time.
 */
export type Permit = { type: 'granted' | 'busy' } | { type: 'locked'; retryAfterMs: number };

/** The used functions of the core. */
export type LoginCore = Pick<
  ReturnType<typeof loadServerCore>,
  'decideLogin' | 'loginFailed' | 'loginSucceeded'
>;

/** An attempt without an outcome counts for this long, in milliseconds; its process may be gone. */
const ATTEMPT_EXPIRES_AFTER_MS = 30_000;

/**
 * The maximum number of recorded pending attempts per subject.
 *
 * More would change nothing, because the core's lock is at its longest before that. Only an account
 * can have so many, from as many addresses without failures.
 */
const MAX_PENDING = 50;

/** The stored tally of one subject: its failures, and its pending attempts. */
interface Tally {
  record: LoginRecord | null;
  /** When the record expires, in Unix milliseconds. */
  forgetAtMs: number;
  /** The number of unseen attempts of other instances that were counted in advance. */
  ahead: number;
  /** The pending attempts, each with its expiry in Unix milliseconds. */
  pending: Record<string, number>;
}

/** The rules that permit and count logins, over the keys of identifier and address. */
export interface LoginRules {
  /** Decides whether an attempt may be made; a granted one counts as failed until it is closed. */
  open(attempt: string): Rule<Permit>;
  /** Records the outcome of an attempt. */
  close(attempt: string, outcome: LoginOutcome): Rule<void>;
}

/**
 * Creates the rules of the core's back-off.
 *
 * @param instance The prefix of the names of this instance's attempts.
 */
export function createLoginRules(
  { decideLogin, loginFailed, loginSucceeded }: LoginCore,
  instance: string,
): LoginRules {
  /** Reads a tally without expired attempts; a malformed one counts as empty. */
  function tallyIn(text: string | null | undefined, nowMs: number): Tally {
    const { pending, ...counted } = parseStored(text, isTally) ?? NO_TALLY;
    const current = Object.entries(pending).filter(([, until]) => isPending(until - nowMs));
    return { ...counted, pending: Object.fromEntries(current) };
  }

  function countFailures(subject: LoginSubject, tally: Tally, count: number, nowMs: number): Tally {
    let { record, forgetAtMs } = tally;
    for (let counted = 0; counted < count; counted += 1) {
      ({ record, forgetAtMs } = loginFailed(subject, record, nowMs));
    }
    return { ...tally, record, forgetAtMs };
  }

  /** Without shared counts, a failure counts once for each instance. */
  function failed(subject: LoginSubject, tally: Tally, { nowMs, shares }: DecisionContext): Tally {
    const count = Math.max(1, shares - tally.ahead);
    return { ...countFailures(subject, tally, count, nowMs), ahead: 0 };
  }

  /** Pending attempts of other instances began while the counts were shared, and count once. */
  function assumeAllFail(subject: LoginSubject, tally: Tally, at: DecisionContext): Tally {
    const attempts = Object.keys(tally.pending);
    const contextOf = (attempt: string): DecisionContext =>
      attempt.startsWith(instance) ? at : { ...at, shares: 1 };
    return attempts.reduce(
      (counted, attempt) => failed(subject, counted, contextOf(attempt)),
      tally,
    );
  }

  /**
   * Counts attempts that unseen instances may make before this one.
   *
   * Otherwise each instance would permit its own attempt. The tally stays as it is where those
   * attempts would not lock the subject.
   */
  function countUnseen(
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

  function afterOutcome(
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
    const worstCase = ofEach(tallies, (tally, subject) =>
      countUnseen(subject, assumeAllFail(subject, tally, at), at),
    );
    if (decide(worstCase, nowMs).allowed) return { type: 'granted' };
    const { allowed, retryAfterMs } = decide(withUnseen(tallies, at), nowMs);
    return allowed ? { type: 'busy' } : { type: 'locked', retryAfterMs };
  }

  const withUnseen = (tallies: Tallies, at: DecisionContext): Tallies =>
    ofEach(tallies, (tally, subject) => countUnseen(subject, tally, at));

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
        const opened = ofEach(tallies, (tally) => withPending(attempt, tally, nowMs));
        return { result, keep: opened.map(entryOf) };
      }
      const refused = result.type === 'locked' ? withUnseen(tallies, at) : tallies;
      return { result, keep: refused.map(entryOf) };
    },

    close: (attempt, outcome) => (texts, at) => {
      const tallies = ofEach(talliesIn(texts, at.nowMs), (tally, subject) => {
        const { [attempt]: _closed, ...pending } = tally.pending;
        return afterOutcome(outcome, subject, { ...tally, pending }, at);
      });
      return { result: undefined, keep: tallies.map(entryOf) };
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

function withPending(attempt: string, tally: Tally, nowMs: number): Tally {
  if (Object.keys(tally.pending).length >= MAX_PENDING) return tally;
  return { ...tally, pending: { ...tally.pending, [attempt]: nowMs + ATTEMPT_EXPIRES_AFTER_MS } };
}

/** An expiry too far in the future was recorded before the clock stepped back. */
function isPending(leftMs: number): boolean {
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

function entryOf(tally: Tally): LimitEntry | null {
  const { record, forgetAtMs, pending } = tally;
  const until = Object.values(pending);
  if (!record && until.length === 0) return null;
  return {
    text: JSON.stringify(tally),
    forgetAtMs: Math.max(record ? forgetAtMs : 0, ...until),
  };
}
