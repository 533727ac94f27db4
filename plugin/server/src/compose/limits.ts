import { databaseReason } from '../log';
import { createLoginBackOff, type LoginBackOff } from '../services/limits/login-back-off';
import { createProxyWarning, type ProxyWarning } from '../services/limits/proxy-warning';
import {
  createRateLimiter,
  FAILED_LOGIN_QUOTA,
  USER_QUOTA,
  type RateLimiter,
} from '../services/limits/rate-limiter';
import { createSharedLimiter } from '../services/limits/shared-limiter';
import { loadServerCore } from '../services/settings/load-core';
import { PLUGIN_NAME, type Strapi } from '../strapi';
import type { InstanceServices } from './instances';
import type { SettingsServices } from './settings';
import type { Stores } from './stores';

/** The limiters of logins and requests. */
export interface LimitServices {
  loginBackOff: LoginBackOff;
  /** Limits the requests of one user to the users' API. */
  perUser: RateLimiter;
  /** Limits the events of failed logins from one network. */
  failedLogins: RateLimiter;
  warnOfProxy: ProxyWarning;
}

export function composeLimits(
  strapi: Strapi,
  stores: Stores,
  { core }: SettingsServices,
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
    loginBackOff: createLoginBackOff({
      core,
      rules,
      limits: limiter,
      report: (error) =>
        strapi.log.error(`${PLUGIN_NAME}: a login could not be counted: ${databaseReason(error)}`),
    }),
    perUser: createRateLimiter(rules, limiter, 'user', USER_QUOTA),
    failedLogins: createRateLimiter(rules, limiter, 'failed', FAILED_LOGIN_QUOTA),
    warnOfProxy: createProxyWarning(strapi),
  };
}
