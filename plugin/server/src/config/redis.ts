import { PLUGIN_NAME } from '../strapi';

/** The environment variable that names the Redis server where config/plugins does not. */
export const REDIS_VARIABLE = 'REDIS_URL';

const DEFAULT_PREFIX = 'magic-sessionmanager:';

/** Where Redis is and under which names the plugin keeps things there. */
export interface RedisSettings {
  /** What the `redis` package takes to connect; may hold a password. */
  client: Record<string, unknown>;
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
 * `redis` package; without it the environment variable counts. `false` turns Redis off.
 *
 * @returns `null` where no Redis is named.
 * @throws Error in one line for a value it does not take.
 */
export function redisSettingsOf(option: unknown, environment?: string): RedisSettings | null {
  if (option === false) return null;
  if (option === undefined || option === null) {
    if (environment === undefined || environment === '') return null;
    return { client: clientFromUrl(environment, REDIS_VARIABLE), prefix: DEFAULT_PREFIX };
  }
  if (typeof option === 'string') return redisSettingsOf({ url: option }, environment);
  const { url, prefix, client } = partsOf(option);
  const own = url ?? (client ? undefined : environment);
  if (own === undefined && !client) throw new RedisOptionError('option "redis"', 'a "url"');
  const from = own === undefined ? {} : clientFromUrl(own, 'option "redis.url"');
  return { client: { ...from, ...client }, prefix: prefix ?? DEFAULT_PREFIX };
}

interface RedisParts {
  url?: string;
  prefix?: string;
  client?: Record<string, unknown>;
}

function partsOf(option: unknown): RedisParts {
  if (!isRecord(option)) throw new RedisOptionError('option "redis"', `${URL_FORMS}, or an object`);
  for (const [name, value] of Object.entries(option)) {
    const takes = { url: 'a text', prefix: 'a text', client: 'an object' }[name];
    if (!takes) {
      throw new RedisOptionError('option "redis"', '"url", "prefix" and "client", nothing else');
    }
    const fits = takes === 'a text' ? typeof value === 'string' : isRecord(value);
    if (value !== undefined && !fits) throw new RedisOptionError(`option "redis.${name}"`, takes);
  }
  return option;
}

function clientFromUrl(text: string, option: string): Record<string, unknown> {
  let url: URL;
  try {
    url = new URL(text);
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
  return { url: text };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
