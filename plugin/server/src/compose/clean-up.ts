import type { CleanUpReport } from '../../../shared/contracts';
import { cleanUpPlanOf } from '../config/clean-up-cron';
import { createCleanUp } from '../services/clean-up/clean-up';
import { createCleanUpJob, type CleanUpJob } from '../services/clean-up/clean-up-job';
import { createJobLock } from '../services/clean-up/job-lock';
import { loadServerCore } from '../services/settings/load-core';
import { configuredOptions } from '../services/settings/options';
import { PLUGIN_NAME, type Strapi } from '../strapi';
import type { JournalServices } from './journal';
import type { SessionServices } from './sessions';
import type { SettingsServices } from './settings';
import type { Stores } from './stores';

export function composeCleanUp(
  strapi: Strapi,
  stores: Stores,
  { core }: SettingsServices,
  { journal }: JournalServices,
  { sessions, lastSeenBuffer }: SessionServices,
): CleanUpJob {
  return createCleanUpJob({
    cleanUp: createCleanUp({
      core,
      rules: loadServerCore(),
      store: stores.sessions,
      provisionals: stores.provisionals,
      sessions,
      notBefores: stores.notBefores,
      lastSeenBuffer,
      journal: stores.journal,
      rotations: stores.rotations,
      links: stores.links,
      logins: stores.logins,
    }),
    store: stores.cleanUpJob,
    jobLock: createJobLock(stores.cleanUpJob, () => core.newSessionId()),
    plannedAfter: cleanUpPlanOf(configuredOptions(strapi).cleanupCron).after,
    report: (run) => {
      logRun(strapi, run);
      journal.record('clean-up.finished', run);
    },
  });
}

function logRun(strapi: Strapi, { inactive, terminated, deleted, tookMs }: CleanUpReport): void {
  strapi.log.info(
    `${PLUGIN_NAME}: clean-up: ${inactive} sessions marked inactive, ${terminated} terminated, ${deleted} deleted in ${tookMs} ms`,
  );
}
