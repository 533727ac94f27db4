import { nowMs } from '../clock';
import { databaseReason } from '../log';
import { createInstanceCount, type InstanceCount } from '../services/instances/instance-count';
import {
  createTerminationFeed,
  type TerminationFeed,
} from '../services/instances/termination-feed';
import {
  createRemoteTerminations,
  type RemoteTerminations,
} from '../services/instances/remote-terminations';
import { SYSTEM } from '../services/requests/actor';
import { PLUGIN_NAME, type Strapi } from '../strapi';
import type { JournalServices } from './journal';
import { composePrincipals, type PrincipalServices } from './principals';
import { createRedis, type Redis } from './redis';
import type { SettingsServices } from './settings';
import type { Stores } from './stores';

/** The services that synchronize instances: by the database, and by Redis where there is one. */
export interface InstanceServices {
  feed: TerminationFeed;
  remote: RemoteTerminations;
  redis: Redis;
  count: InstanceCount;
  principals: PrincipalServices;
}

export function composeInstances(
  strapi: Strapi,
  stores: Stores,
  { core, instanceId }: SettingsServices,
  { emit, publish }: JournalServices,
): InstanceServices {
  const { sessionCache, limitsReplica } = stores;
  const remote = createRemoteTerminations({
    store: stores.feed,
    notBefores: stores.notBefores,
    announced: stores.announcedTerminations,
    known: stores.knownRevocations,
    emit,
    announceOwn: (terminated) => publish('session.terminated', terminated, SYSTEM),
  });
  const principals = composePrincipals(strapi, stores, {
    covers: (sinceMs) => feed.covers(sinceMs),
    hint: () => redis.hints.notBeforeRaised(),
  });
  const feed = createTerminationFeed({
    store: stores.feed,
    notBefores: stores.notBefores,
    cache: sessionCache,
    notBeforeCache: stores.notBeforeCache,
    remote,
    heardOfPrincipals: (changes) => principals.news.heard(changes),
    report: (error) => logFeed(strapi, error),
  });
  const redis = createRedis(strapi, {
    cache: sessionCache,
    feed,
    remote,
    instanceId,
    lastSeenPeriodMs: () => core.touchPeriodMs(),
    onLimitChange: ({ key, to }) => limitsReplica.put(key, to, nowMs()),
  });
  const count = createInstanceCount(stores.instanceCount, redis.limits ? redis : null);
  return { feed, remote, redis, count, principals };
}

function logFeed(strapi: Strapi, error: Error | null): void {
  if (!error) strapi.log.info(`${PLUGIN_NAME}: the database can be followed again`);
  else strapi.log.error(`${PLUGIN_NAME}: cannot follow the database: ${databaseReason(error)}`);
}
