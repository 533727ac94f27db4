import type { Quota, QuotaDecision, Tat } from '../../../shared/core';
import type { AgreedLimits, Rule } from './agreed-limits';
import type { loadServerCore } from './core';

/** How often a user may ask for something: so many times at once, and in the long run per window. */
export const USER_QUOTA: Quota = { limit: 60, windowMs: 60_000, burst: 60 };

/** Whether a request may be answered, and how many more may follow. */
export type QuotaUse = Omit<QuotaDecision, 'tat'>;

/** Limits how often each user is answered. */
export interface UserQuota {
  /** Counts one request of a user, unless it is one too many. */
  use(userId: number): Promise<QuotaUse>;
}

/** The core's part in it. */
export type QuotaCore = Pick<ReturnType<typeof loadServerCore>, 'decideQuota'>;

/** Makes the quota of users. */
export function createUserQuota({ decideQuota }: QuotaCore, limits: AgreedLimits): UserQuota {
  const useOne: Rule<QuotaUse> = ([text], { nowMs, shares }) => {
    const { tat, ...result } = decideQuota(shareOf(USER_QUOTA, shares), tatIn(text), nowMs);
    const kept = { text: JSON.stringify(tat), forgetAtMs: nowMs + result.resetMs };
    return { result, keep: [kept] };
  };
  return { use: (userId) => limits.decide([`user:${userId}`], useOne) };
}

/** Gives an equal share of a quota; the limit stays, as what is remembered is counted in parts of it. */
function shareOf({ limit, windowMs, burst }: Quota, shares: number): Quota {
  return {
    limit,
    windowMs: windowMs * shares,
    burst: Math.max(1, Math.floor(burst / shares)),
  };
}

/** Reads what is remembered; what nobody can read counts as nothing. */
function tatIn(text: string | null | undefined): Tat | null {
  if (!text) return null;
  try {
    const tat: unknown = JSON.parse(text);
    return isTat(tat) ? tat : null;
  } catch {
    return null;
  }
}

function isTat(value: unknown): value is Tat {
  if (typeof value !== 'object' || value === null) return false;
  if (!('atMs' in value) || !('ticks' in value)) return false;
  return [value.atMs, value.ticks].every(
    (count) => Number.isSafeInteger(count) && Number(count) >= 0,
  );
}
