import type { Quota, QuotaDecision, Tat } from '../../../../shared/core';
import type { SharedLimiter, Rule } from './shared-limiter';
import type { loadServerCore } from '../settings/load-core';
import { isCount, isObject, parseStored } from '../../stores/stored-json';

/** The quota of one user's requests to the users' API. */
export const USER_QUOTA: Quota = { limit: 60, windowMs: 60_000, burst: 60 };

/** The quota of events of failed logins from one network. */
export const FAILED_LOGIN_QUOTA: Quota = { limit: 30, windowMs: 60_000, burst: 30 };

/** The quota of exchanges of one session's refresh tokens. */
export const REFRESH_QUOTA: Quota = { limit: 60, windowMs: 60_000, burst: 60 };

/** The quota of events of failed logins from all networks together. */
export const ALL_FAILED_LOGINS_QUOTA: Quota = { limit: 600, windowMs: 60_000, burst: 600 };

/** The decision on one use of a quota. */
export type QuotaUse = Omit<QuotaDecision, 'tat'>;

/** Limits the uses of a quota by name. */
export interface RateLimiter {
  /** Uses the quota of a name once, if it is not used up. */
  use(name: string | number): Promise<QuotaUse>;
}

/** The used functions of the core. */
export type QuotaCore = Pick<ReturnType<typeof loadServerCore>, 'decideQuota'>;

/**
 * Creates a rate limiter with the same quota for each name.
 *
 * @param kind The prefix of its keys.
 */
export function createRateLimiter(
  { decideQuota }: QuotaCore,
  limits: SharedLimiter,
  kind: string,
  quota: Quota,
): RateLimiter {
  const useOne: Rule<QuotaUse> = ([text], { nowMs, shares }) => {
    const stored = parseStored(text, isTat);
    const { tat, ...result } = decideQuota(quota, stored, shares, nowMs);
    const kept = { text: JSON.stringify(tat), forgetAtMs: nowMs + result.resetMs };
    return { result, keep: [kept] };
  };
  return { use: (name) => limits.decide([`${kind}:${name}`], useOne) };
}

function isTat(value: unknown): value is Tat {
  return isObject(value) && [value.atMs, value.ticks].every(isCount);
}
