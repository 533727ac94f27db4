import { createProxyWarning, type ProxyWarning } from '../services/limits/proxy-warning';
import {
  ALL_FAILED_LOGINS_QUOTA,
  createRateLimiter,
  FAILED_LOGIN_QUOTA,
  REFRESH_QUOTA,
  USER_QUOTA,
  type RateLimiter,
} from '../services/limits/rate-limiter';
import { createSharedLimiter, type SharedLimiter } from '../services/limits/shared-limiter';
import { loadServerCore } from '../services/settings/load-core';
import type { Strapi } from '../strapi';
import type { InstanceServices } from './instances';
import type { Stores } from './stores';

/** The limiters of logins and requests. */
export interface LimitServices {
  limiter: SharedLimiter;
  /** Limits the requests of one user to the users' API. */
  perUser: RateLimiter;
  /** Limits the events of failed logins from one network. */
  failedLogins: RateLimiter;
  /** Limits the events of failed logins from all networks together. */
  allFailedLogins: RateLimiter;
  /** Limits the exchanges of one session's refresh tokens. */
  refreshes: RateLimiter;
  warnOfProxy: ProxyWarning;
}

export function composeLimits(
  strapi: Strapi,
  stores: Stores,
  { redis }: InstanceServices,
): LimitServices {
  const rules = loadServerCore();
  const limiter = createSharedLimiter({
    local: stores.localLimits,
    replica: stores.limitsReplica,
    shared: redis.limits,
    instances: redis.instances,
  });
  return {
    limiter,
    perUser: createRateLimiter(rules, limiter, 'user', USER_QUOTA),
    failedLogins: createRateLimiter(rules, limiter, 'failed', FAILED_LOGIN_QUOTA),
    allFailedLogins: createRateLimiter(rules, limiter, 'failed-all', ALL_FAILED_LOGINS_QUOTA),
    refreshes: createRateLimiter(rules, limiter, 'refresh', REFRESH_QUOTA),
    warnOfProxy: createProxyWarning(strapi),
  };
}
