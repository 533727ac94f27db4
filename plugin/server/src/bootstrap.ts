import { startBackground } from './background';
import { managerOf } from './compose';
import { createAdminPolicy } from './middlewares/content-security-policy';
import { createLoginGate } from './middlewares/session-response';
import { createLoginWatch } from './middlewares/failed-login-events';
import { registerPermissions } from './permissions';
import { installSeams } from './seams';
import { reportTraps } from './start/report-traps';
import { warnOfVersions } from './start/warn-of-versions';
import { grantToRoles } from './seams/permissions/permission-grants';
import { allowWebhooks } from './services/journal/event-hub';
import { createGrantStore } from './stores/database/grant-store';
import type { Strapi } from './strapi';

/** Puts the plugin between Strapi and its tokens before the first request comes. */
export default async function bootstrap({ strapi }: { strapi: Strapi }): Promise<void> {
  warnOfVersions(strapi);
  const manager = managerOf(strapi);
  const { core, settings, sessions, rotation, notebook, inOneCommit, announce } = manager;
  const releaseTraps = reportTraps(strapi);
  await settings.refresh();
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
  manager.stopBackground = startBackground(strapi, manager);
  await registerPermissions(strapi);
  const releaseRoles = await grantToRoles(strapi, createGrantStore(strapi));
  manager.release = () => {
    releaseTraps();
    releaseSeams();
    releaseRoles();
  };
}
