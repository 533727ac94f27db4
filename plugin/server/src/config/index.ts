import { isAcceptedOption } from '../services/settings/accepted-option';
import { loadServerCore } from '../services/settings/load-core';
import { coreOptions, KEY_VARIABLES, type RawOptions } from '../services/settings/options';
import { cleanUpPlanOf } from './clean-up-cron';
import { geoSettingsOf } from './geo';
import { principalCacheOf } from './principal-cache';
import { REDIS_VARIABLE, redisSettingsOf } from './redis';

export default {
  default: {},

  /** Throws at the first invalid option, with a one-line message; Strapi then does not start. */
  validator(options: RawOptions): void {
    try {
      loadServerCore().parseSettings(coreOptions(options, isAcceptedOption));
      cleanUpPlanOf(options.cleanupCron);
      principalCacheOf(options.principalCache);
      geoSettingsOf(options.geo);
      redisSettingsOf(options.redis, process.env[REDIS_VARIABLE]);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const field = 'field' in error ? String(error.field) : '';
      const variable = KEY_VARIABLES[field];
      const fromOption = (options[field] ?? null) !== null;
      if (variable && !fromOption) error.message += ` (from ${variable})`;
      // Strapi prints the stack, which does not help to correct an option.
      error.stack = error.message;
      throw error;
    }
  },
};
