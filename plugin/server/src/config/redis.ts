import type { ClusterOptions, SentinelOptions } from '../stores/redis/find-server';
import { socketOf, withSocket, type ClientOptions } from '../stores/redis/client';
import { PLUGIN_NAME } from '../strapi';

/** The environment variable that names the Redis server where config/plugins does not. */
export const REDIS_VARIABLE = 'REDIS_URL';

const DEFAULT_PREFIX = 'magic-sessionmanager:';

/** Which server it is: the one of a client, the master of sentinels, or a node of a cluster. */
export type RedisPlace =
  { client: ClientOptions } | { sentinel: SentinelOptions } | { cluster: ClusterOptions };

/** Where Redis is and under which names the plugin keeps things there. */
export interface RedisSettings {
  place: RedisPlace;
  prefix: string;
}

/** Is thrown for a wrong option; one line that never repeats a value, which may hold a password. */
class RedisOptionError extends Error {
  constructor(option: string, takes: string) {
    super(`${PLUGIN_NAME}: ${option} takes ${takes}`);
  }
}

const URL_FORMS =
  'redis://[user:password@]host[:port][/database], rediss:// with TLS, or unix:/path/to/socket';

/**
 * Reads the option `redis`: a URL, or `{ url, prefix, client }` where `client` holds options of the
 * `redis` package, or `sentinel` or `cluster` with such options in place of the first and the last;
 * without it the environment variable counts. `false` turns Redis off.
 *
 * @returns `null` where no Redis is named.
 * @throws Error in one line for a value it does not take.
 */
export function redisSettingsOf(option: unknown, environment?: string): RedisSettings | null {
  if (option === false) return null;
  if (option === undefined || option === null) {
    if (environment === undefined || environment === '') return null;
    return { place: { client: clientAt(environment, REDIS_VARIABLE) }, prefix: DEFAULT_PREFIX };
  }
  if (typeof option === 'string') return redisSettingsOf({ url: option }, environment);
  const parts = partsOf(option);
  return { place: placeOf(parts, environment), prefix: parts.prefix ?? DEFAULT_PREFIX };
}

interface RedisParts {
  url?: string;
  prefix?: string;
  client?: ClientOptions;
  sentinel?: SentinelOptions;
  cluster?: ClusterOptions;
}

function placeOf(parts: RedisParts, environment?: string): RedisPlace {
  const { url, client, sentinel, cluster } = parts;
  const places = [url ?? client, sentinel, cluster].filter((place) => place !== undefined);
  if (places.length > 1) {
    throw new RedisOptionError('option "redis"', '"sentinel" or "cluster" alone, without a "url"');
  }
  if (sentinel) return { sentinel };
  if (cluster) return { cluster: { ...cluster, rootNodes: cluster.rootNodes.map(rootNode) } };
  if (client?.url !== undefined) {
    return { client: clientAt(client.url, 'option "redis.client.url"', client) };
  }
  if (url !== undefined) return { client: clientAt(url, 'option "redis.url"', client) };
  const { host, path } = socketOf(client ?? {});
  const isNamed = host !== undefined || path !== undefined;
  if (environment && !isNamed) return { client: clientAt(environment, REDIS_VARIABLE, client) };
  if (client) return { client };
  throw new RedisOptionError('option "redis"', 'a "url"');
}

function rootNode(node: ClientOptions): ClientOptions {
  if (node.url === undefined) return node;
  return clientAt(node.url, 'option "redis.cluster.rootNodes"', node);
}

/** Gives the options of a client for a URL together with further ones. */
function clientAt(url: unknown, option: string, client: ClientOptions = {}): ClientOptions {
  const from = clientFromUrl(url, option);
  const { tls } = socketOf(client);
  if (tls !== undefined && tls !== socketOf(from).tls) {
    throw new RedisOptionError(option, 'rediss:// if "socket.tls" is true, and only then');
  }
  return withSocket({ ...client, ...from }, { ...socketOf(client), ...socketOf(from) });
}

/** What each part of the option takes. */
const TAKES: Record<string, [text: string, fits: (value: unknown) => boolean] | undefined> = {
  url: ['a text', (value) => typeof value === 'string'],
  prefix: ['a text without "{}"', (value) => typeof value === 'string' && !value.includes('{}')],
  client: ['an object', isRecord],
  sentinel: [
    '"name" and "sentinelRootNodes", as createSentinel of the redis package does',
    (value) => isRecord(value) && typeof value.name === 'string' && isList(value.sentinelRootNodes),
  ],
  cluster: [
    '"rootNodes", as createCluster of the redis package does',
    (value) => isRecord(value) && isList(value.rootNodes),
  ],
};

function partsOf(option: unknown): RedisParts {
  if (!isRecord(option)) throw new RedisOptionError('option "redis"', `${URL_FORMS}, or an object`);
  for (const [name, value] of Object.entries(option)) {
    const [takes, fits] = TAKES[name] ?? [];
    if (!takes || !fits) {
      const names = Object.keys(TAKES).map((known) => `"${known}"`);
      throw new RedisOptionError('option "redis"', `${names.join(', ')}, nothing else`);
    }
    if (value !== undefined && !fits(value)) {
      throw new RedisOptionError(`option "redis.${name}"`, takes);
    }
  }
  return option;
}

function clientFromUrl(text: unknown, option: string): ClientOptions {
  let url: URL;
  try {
    url = new URL(String(text));
    decodeURIComponent(url.username + url.password + url.pathname);
  } catch {
    throw new RedisOptionError(option, URL_FORMS);
  }
  if (url.protocol === 'unix:' && url.pathname.length > 1) {
    return { socket: { path: decodeURIComponent(url.pathname), tls: false } };
  }
  const named = url.protocol === 'redis:' || url.protocol === 'rediss:';
  if (!named || !url.hostname || !/^(\/\d*)?$/.test(url.pathname)) {
    throw new RedisOptionError(option, URL_FORMS);
  }
  return { url: text, socket: { tls: url.protocol === 'rediss:' } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}
