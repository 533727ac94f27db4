import type { ClusterOptions, SentinelOptions } from '../stores/redis/find-server';
import { socketOf, withSocket, type ClientOptions } from '../stores/redis/client';
import { PLUGIN_NAME } from '../strapi';

/** The environment variable of the Redis server; config/plugins takes precedence. */
export const REDIS_VARIABLE = 'REDIS_URL';

const DEFAULT_PREFIX = 'magic-sessionmanager:';

/** The options that locate the server: one server, a master of sentinels, or a cluster. */
export type RedisPlace =
  { client: ClientOptions } | { sentinel: SentinelOptions } | { cluster: ClusterOptions };

/** The validated option `redis`. */
export interface RedisSettings {
  place: RedisPlace;
  /** The prefix of the plugin's keys. */
  prefix: string;
}

/** Thrown for an invalid option; the message never contains a value, which may hold a password. */
class RedisOptionError extends Error {
  constructor(option: string, takes: string) {
    super(`${PLUGIN_NAME}: ${option} takes ${takes}`);
  }
}

const URL_FORMS =
  'redis://[user:password@]host[:port][/database], rediss:// with TLS, or unix:/path/to/socket';

/**
 * Reads the option `redis`; without it, the environment variable applies.
 *
 * The option is a URL or an object with an optional `prefix`. The object has `url`, `client` or
 * both, or it has `sentinel`, or `cluster`. `client`, `sentinel` and `cluster` hold options of the
 * `redis` package. `false` disables Redis.
 *
 * @returns `null` where no Redis is configured.
 * @throws Error with a one-line message for an invalid value.
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

/** Returns the options of a client for a URL, with further options. */
function clientAt(url: unknown, option: string, client: ClientOptions = {}): ClientOptions {
  const from = clientFromUrl(url, option);
  const { tls } = socketOf(client);
  if (tls !== undefined && tls !== socketOf(from).tls) {
    throw new RedisOptionError(option, 'rediss:// if "socket.tls" is true, and only then');
  }
  return withSocket({ ...client, ...from }, { ...socketOf(client), ...socketOf(from) });
}

/** The valid values of each part of the option. */
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
