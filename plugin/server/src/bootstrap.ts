import { startJobs } from './jobs';
import { managerOf } from './manager';
import { createAdminPolicy } from './middlewares/admin-policy';
import { createLoginGate } from './middlewares/login-gate';
import { createLoginWatch } from './middlewares/login-watch';
import { registerPermissions } from './permissions';
import { installSeams } from './seams';
import { countSeals } from './count-seals';
import { followSettings } from './follow-settings';
import { reportTraps } from './report-traps';
import { warnOfVersions } from './warn-of-versions';
import { resealInBackground } from './reseal-in-background';
import { grantToRoles } from './seams/user-roles';
import { allowWebhooks } from './services/events';
import { createGrantStore } from './stores/grant-store';
import type { Strapi } from './strapi';

/** Puts the plugin between Strapi and its tokens before the first request comes. */
export default async function bootstrap({ strapi }: { strapi: Strapi }): Promise<void> {
  warnOfVersions(strapi);
  const manager = managerOf(strapi);
  const { core, settings, sessions, rotation, notebook, inOneCommit, announce } = manager;
  const releaseTraps = reportTraps(strapi);
  await settings.refresh();
  const releaseSettings = followSettings(strapi, settings);
  const releaseSeams = installSeams({
    strapi,
    core,
    settings: () => settings.current(),
    sessions,
    rotation,
    notebook,
    inOneCommit,
    pending: new Map(),
  });
  strapi.server.use(
    createLoginWatch({
      announce,
      notebook,
      quotas: manager.failedLoginQuotas,
      fingerprint: (network) => core.fingerprint(network),
    }),
  );
  strapi.server.use(createLoginGate(notebook));
  allowWebhooks(strapi);
  strapi.server.use(createAdminPolicy(strapi.config.get<string>('admin.path')));
  manager.feed.start();
  manager.redis.start();
  startJobs(strapi, manager);
  const stopResealing = resealInBackground(strapi, manager.resealing);
  const stopCounting = countSeals(strapi, manager.seals);
  await registerPermissions(strapi);
  const releaseRoles = await grantToRoles(strapi, createGrantStore(strapi));
  manager.release = () => {
    releaseTraps();
    stopResealing();
    stopCounting();
    releaseSettings();
    releaseSeams();
    releaseRoles();
  };
}
