import type { Quota, QuotaDecision, Tat } from '../../../../shared/core';
import type { SharedLimiter, Rule } from './shared-limiter';
import type { loadServerCore } from '../settings/load-core';
import { isCount, isObject, parseStored } from '../../stores/stored-json';

/** How often a user may ask for something: so many times at once, and in the long run per window. */
export const USER_QUOTA: Quota = { limit: 60, windowMs: 60_000, burst: 60 };

/** How many failed logins from one network are told of, one by one. */
export const FAILED_LOGIN_QUOTA: Quota = { limit: 30, windowMs: 60_000, burst: 30 };

/** Whether something may be done, and how many times more. */
export type QuotaUse = Omit<QuotaDecision, 'tat'>;

/** Limits how often something is done for each of many. */
export interface RateLimiter {
  /** Counts once for one of them, unless that is once too many. */
  use(name: string | number): Promise<QuotaUse>;
}

/** The core's part in it. */
export type QuotaCore = Pick<ReturnType<typeof loadServerCore>, 'decideQuota'>;

/** Makes quotas that are alike; `kind` tells them apart from others. */
export function createRateLimiter(
  { decideQuota }: QuotaCore,
  limits: SharedLimiter,
  kind: string,
  quota: Quota,
): RateLimiter {
  const useOne: Rule<QuotaUse> = ([text], { nowMs, shares }) => {
    const { tat, ...result } = decideQuota(shareOf(quota, shares), parseStored(text, isTat), nowMs);
    const kept = { text: JSON.stringify(tat), forgetAtMs: nowMs + result.resetMs };
    return { result, keep: [kept] };
  };
  return { use: (name) => limits.decide([`${kind}:${name}`], useOne) };
}

/** Gives an equal share of a quota; the limit stays, as what is remembered is counted in parts of it. */
function shareOf({ limit, windowMs, burst }: Quota, shares: number): Quota {
  return {
    limit,
    windowMs: windowMs * shares,
    burst: Math.max(1, Math.floor(burst / shares)),
  };
}

function isTat(value: unknown): value is Tat {
  return isObject(value) && [value.atMs, value.ticks].every(isCount);
}
