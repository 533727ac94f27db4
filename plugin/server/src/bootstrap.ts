import { createDeadline } from './async/deadline';
import type { Lifetime } from './async/lifetime';
import { startBackground } from './background';
import { followInstallation } from './background/follow-installation';
import { servicesOf, type Services } from './compose';
import { lifetimeOf } from './compose/lifetimes';
import { createContentSecurityPolicy } from './middlewares/content-security-policy';
import { createFailedLoginEvents } from './middlewares/failed-login-events';
import { registerPermissions } from './permissions';
import { installSeams } from './seams';
import { grantToRoles } from './seams/permissions/permission-grants';
import { oneLine } from './seams/proofs/report';
import { allowWebhooks } from './services/journal/event-hub';
import { keepTables } from './start/keep-tables';
import { hideModels } from './start/models';
import { reportTraps } from './start/report-traps';
import { sessionResponseOf } from './start/session-response';
import { upgradeFromVersion4 } from './start/upgrade-from-version-4';
import { warnOfCaches } from './start/warn-of-caches';
import { warnOfTokenLifetime } from './start/warn-of-token-lifetime';
import { warnOfVersions } from './start/warn-of-versions';
import { PLUGIN_NAME, type Strapi } from './strapi';

/** The longest wait of `destroy` for the clean-up's last batch, in milliseconds. */
const MAX_BATCH_MS = 5000;

/** The longest wait of `destroy` for polls and for all buffers together, in milliseconds. */
const MAX_FLUSH_MS = 5000;

/**
 * Installs the plugin before the first request.
 *
 * Strapi serves requests until after `destroy`, so the seams are started first and stopped last.
 */
export default async function bootstrap({ strapi }: { strapi: Strapi }): Promise<void> {
  warnOfVersions(strapi);
  hideModels(strapi);
  warnOfCaches(strapi);
  const services = servicesOf(strapi);
  const lifetime = lifetimeOf(strapi);
  lifetime.add('the report of traps', reportTraps(strapi));
  await upgradeFromVersion4(strapi, services);
  await services.settings.live.refresh();
  warnOfTokenLifetime(strapi, services.settings.live.current());
  lifetime.add('the seams', install(strapi, services));
  addMiddlewares(strapi, services);
  allowWebhooks(strapi);
  await registerPermissions(strapi);
  await services.users.adminGrants.introduceBlocking();
  lifetime.add('the grants to new roles', await grantToRoles(strapi, services.users.roleGrants));
  startInstances(services, lifetime);
  startBackground(strapi, services, lifetime);
  const keep = (): Promise<void> => keepTables(strapi);
  lifetime.add('the look at the database', followInstallation(strapi, services, keep));
}

/** A Strapi without the functions that the plugin wraps ends the start, with one line. */
function install(strapi: Strapi, services: Services): () => void {
  try {
    return installSeams(seamPartsOf(strapi, services));
  } catch (error) {
    throw oneLine(
      `${PLUGIN_NAME}: Strapi's functions could not be wrapped: ${String(error)}. This version of Strapi needs another version of the plugin.`,
    );
  }
}

function seamPartsOf(
  strapi: Strapi,
  { settings, sessions, requests, users, journal, limits, loginProtection, instances }: Services,
): Parameters<typeof installSeams>[0] {
  return {
    strapi,
    core: settings.core,
    settings: () => settings.live.current(),
    accounts: users.accounts,
    attempts: loginProtection.attempts,
    accountAttempts: loginProtection.accounts,
    places: loginProtection.places,
    refreshes: limits.refreshes,
    accountCheck: sessions.accountCheck,
    binding: sessions.binding,
    continuation: sessions.continuation,
    expiry: sessions.expiry,
    permittedActions: instances.principals.permittedActions,
    principals: instances.principals.reads,
    principalNews: instances.principals.news,
    provisionals: sessions.provisionals,
    sessions: sessions.sessions,
    tokens: sessions.tokens,
    rotation: sessions.rotation,
    publish: journal.publish,
    refusedTokens: journal.refusedTokens,
    requestStates: requests.states,
    facts: requests.facts,
    inTransaction: sessions.inTransaction,
    afterCommit: sessions.afterCommit,
    watchCommit: sessions.watchCommit,
    pending: new Map(),
  };
}

function addMiddlewares(strapi: Strapi, { requests, loginProtection }: Services): void {
  strapi.server.use(createFailedLoginEvents(loginProtection.events, requests.facts));
  strapi.server.use(sessionResponseOf(strapi));
  strapi.server.use(createContentSecurityPolicy(strapi.config.get<string>('admin.path')));
}

/**
 * On stop, buffers are flushed after everything that adds to them has stopped, and before Redis.
 */
function startInstances(services: Services, lifetime: Lifetime): void {
  const { instances, sessions, journal, encryption, cleanUp } = services;
  const { feed, remote, redis } = instances;
  // A database that has fallen silent must not keep the process from its end.
  const inTime = createDeadline(MAX_FLUSH_MS);
  redis.start();
  lifetime.add('Redis', () => redis.stop());
  lifetime.add('the count of seals', () => inTime(encryption.sealCount.flush()));
  lifetime.add('the journal', () => inTime(journal.flush()));
  lifetime.add('last seen', () => inTime(sessions.lastSeenBuffer.flush()));
  lifetime.add('the terminations by other instances', () => inTime(remote.stop()));
  lifetime.add('the news of changes of users', () => inTime(instances.principals.news.stop()));
  feed.start();
  lifetime.add('the feed of terminations', () => inTime(feed.stop()));
  // A batch may wait for a row lock of another process; the flushes must not wait for it.
  lifetime.add('the clean-up', () =>
    createDeadline(MAX_BATCH_MS)(cleanUp.stop()).catch(() => undefined),
  );
}
