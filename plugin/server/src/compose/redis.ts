import type { RedisView } from '../../../shared/contracts';
import { REDIS_VARIABLE, redisSettingsOf, type RedisPlace } from '../config/redis';
import type { RemoteTerminations } from '../services/instances/remote-terminations';
import type { TerminationFeed } from '../services/instances/termination-feed';
import { configuredOptions } from '../services/settings/options';
import { FLUSH_AFTER_MS } from '../services/sessions/last-seen-buffer';
import type { SessionCache } from '../stores/memory/session-cache';
import { masterOf, oneServer, ownerOf, type FindServer } from '../stores/redis/find-server';
import {
  createHintReader,
  createHintWriter,
  NO_HINTS,
  type Hints,
} from '../stores/redis/hint-stream';
import { createLimitChangeReader, type LimitChange } from '../stores/redis/limit-changes';
import { createPresence } from '../stores/redis/presence';
import { createRedisLimits, type SharedLimits } from '../stores/redis/redis-limits';
import { createRedisConnection } from '../stores/redis/connection';
import {
  createLastSeenClaims,
  NO_CLAIMS,
  type LastSeenClaims,
} from '../stores/redis/last-seen-claims';
import { PLUGIN_NAME, type Strapi } from '../strapi';

/** The services over Redis; without Redis they do nothing, and nothing requires them. */
export interface Redis {
  hints: Hints;
  claims: LastSeenClaims;
  limits: SharedLimits | null;
  /** Returns the last known number of instances. */
  instances: () => number;
  /** Returns the state of the connection; `null` where no Redis is configured. */
  view: () => RedisView | null;
  /** Sets the smallest number of instances, which holds until they are counted. */
  expectInstances(instances: number): void;
  start(): void;
  stop(): void;
}

/** Dependencies of {@link createRedis}. */
export interface RedisParts {
  cache: SessionCache;
  feed: TerminationFeed;
  remote: RemoteTerminations;
  /** The unique id of this process. */
  instanceId: string;
  /** Returns the shortest interval between two last-seen writes of a session, in milliseconds. */
  lastSeenPeriodMs: () => number;
  /** Receives each change of the shared limits. */
  onLimitChange: (change: LimitChange) => void;
}

/**
 * The hash tag of all keys: a Redis Cluster keeps keys with the same text in braces on one node.
 */
const ON_ONE_NODE = '{sessions}:';

/** Creates the services by the options and the environment; `start` opens the connections. */
export function createRedis(strapi: Strapi, parts: RedisParts): Redis {
  const { redis } = configuredOptions(strapi);
  const settings = redisSettingsOf(redis, process.env[REDIS_VARIABLE]);
  const nothing = (): void => undefined;
  if (!settings) {
    return {
      hints: NO_HINTS,
      claims: NO_CLAIMS,
      limits: null,
      instances: () => 1,
      expectInstances: nothing,
      view: () => null,
      start: nothing,
      stop: nothing,
    };
  }
  const prefix = settings.prefix + ON_ONE_NODE;
  const probeKey = `${prefix}probe`;
  const findServer = finderOf(settings.place, probeKey);
  const { cache, feed, remote, instanceId, lastSeenPeriodMs, onLimitChange } = parts;

  const commands = createRedisConnection(findServer, probeKey, {
    ready: () => presence.announce(),
    away: (error) =>
      strapi.log.warn(`${PLUGIN_NAME}: continues without Redis: ${error.message || error.name}`),
    back: () => strapi.log.info(`${PLUGIN_NAME}: Redis is back`),
  });
  const presence = createPresence(commands, prefix, instanceId);
  const changesConnection = createRedisConnection(findServer, probeKey, {
    ready: () => void changesReader.follow(),
  });
  const changesReader = createLimitChangeReader(changesConnection, prefix, onLimitChange);
  const hintsConnection = createRedisConnection(findServer, probeKey, {
    ready: () => void hintReader.follow(),
  });
  const hintReader = createHintReader(hintsConnection, prefix, instanceId, {
    sessionsTerminated(sessionIds) {
      sessionIds.forEach((sessionId) => cache.forget(sessionId));
      remote.lookUp(sessionIds);
    },
    askDatabase: () => feed.pollNow(),
  });

  return {
    hints: createHintWriter(commands, prefix, instanceId),
    // Another instance may write what it saw within the period only at its next flush.
    claims: createLastSeenClaims(commands, prefix, () => {
      const periodMs = lastSeenPeriodMs();
      return periodMs > 0 ? periodMs + FLUSH_AFTER_MS : 0;
    }),

    limits: createRedisLimits(commands, prefix),

    instances: () => presence.instances(),

    view() {
      const { awaySinceMs, pingMs } = commands.state();
      const others = [hintsConnection, changesConnection].map(
        (connection) => connection.state().awaySinceMs,
      );
      const since = [awaySinceMs, ...others].filter((ms) => ms !== null);
      const awaySince = since.length > 0 ? new Date(Math.min(...since)).toISOString() : null;
      return { connected: awaySince === null, awaySince, pingMs };
    },

    expectInstances: (instances) => presence.atLeast(instances),

    start() {
      presence.start();
      [commands, hintsConnection, changesConnection].forEach((connection) => connection.open());
    },

    stop() {
      presence.stop();
      [commands, hintsConnection, changesConnection].forEach((connection) => connection.close());
    },
  };
}

function finderOf(place: RedisPlace, key: string): FindServer {
  if ('sentinel' in place) return masterOf(place.sentinel);
  if ('cluster' in place) return ownerOf(place.cluster, key);
  return oneServer(place.client);
}
