import { PLUGIN_NAME, type Strapi } from '../strapi';
import { findCacheOptions } from './cache-options';

/** A plugin or a middleware with its configuration. */
interface Configured {
  name: string;
  configuration: unknown;
}

/** A route's middleware, or one of the app: a function, a name, or a name with a configuration. */
type MiddlewareEntry = string | { name?: string; resolve?: string; config?: unknown } | undefined;

/** The used part of a route. */
interface Route {
  config?: { middlewares?: MiddlewareEntry[] };
}

/** The routes of a plugin or an API: a list, or groups of lists. */
type Routes = Route[] | Record<string, { routes?: Route[] } | undefined> | undefined;

/**
 * Logs a warning for each cache that may answer requests with a token before Strapi checks the token.
 *
 * Such a cache serves a terminated session until its entry expires.
 */
export function warnOfCaches(strapi: Strapi): void {
  for (const { name, configuration } of [...pluginsOf(strapi), ...middlewaresOf(strapi)]) {
    const [option] = findCacheOptions(configuration);
    if (option === undefined) continue;
    strapi.log.warn(
      `${PLUGIN_NAME}: the cache ${name} may answer requests with a token before Strapi checks the token, by its option ${option}. It then serves terminated sessions. See docs/troubleshooting.md.`,
    );
  }
}

/** Returns the other plugins, without those whose middlewares Strapi calls after its check of tokens. */
function pluginsOf(strapi: Strapi): Configured[] {
  const inRoutes = new Set(routesOf(strapi).flatMap(pluginsOfRoute));
  return Object.keys(strapi.plugins)
    .filter((name) => name !== PLUGIN_NAME && !inRoutes.has(name))
    .map((name) => ({ name, configuration: strapi.config.get(`plugin::${name}`) }));
}

function middlewaresOf(strapi: Strapi): Configured[] {
  return entriesOf(strapi.config.get('middlewares')).flatMap((entry) => {
    if (typeof entry !== 'object') return [];
    return [{ name: entry.name ?? entry.resolve ?? 'of the app', configuration: entry.config }];
  });
}

function routesOf(strapi: Strapi): Route[] {
  const owners = [...Object.values(strapi.apis), ...Object.values(strapi.plugins)];
  return owners.flatMap((owner) => {
    // Strapi types neither the groups nor their absence.
    const routes = owner.routes as unknown as Routes;
    if (Array.isArray(routes)) return routes;
    return Object.values(routes ?? {}).flatMap((group) => group?.routes ?? []);
  });
}

/** Returns the names of the plugins that a route's middlewares are of. */
function pluginsOfRoute({ config }: Route): string[] {
  return entriesOf(config?.middlewares).flatMap((entry) => {
    const name = typeof entry === 'string' ? entry : entry?.name;
    const [, plugin] = /^plugin::([^.]+)\./.exec(name ?? '') ?? [];
    return plugin === undefined ? [] : [plugin];
  });
}

function entriesOf(middlewares: unknown): MiddlewareEntry[] {
  // Apps write these lists, and Strapi has read them by now.
  return Array.isArray(middlewares) ? (middlewares as MiddlewareEntry[]) : [];
}
