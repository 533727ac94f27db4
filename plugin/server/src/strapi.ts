import type { Core as StrapiCore } from '@strapi/strapi';

/** The running Strapi application. */
export type Strapi = StrapiCore.Strapi;

/** The Koa context of one HTTP request. */
export type RequestContext = NonNullable<ReturnType<Strapi['requestContext']['get']>>;

/**
 * Returns the HTTP request that the caller runs in; `undefined` outside of one.
 *
 * Jobs and tests of an app may run in a context of their own, which is none of a request.
 */
export function currentRequest(strapi: Strapi): RequestContext | undefined {
  const ctx: unknown = strapi.requestContext.get();
  return isRequest(ctx) ? ctx : undefined;
}

/** The parts of a Koa context that the plugin uses; a copy of a context lacks some of them. */
const REQUEST_PARTS = ['app', 'cookies', 'path', 'request', 'res', 'response', 'set', 'state'];

/** The contexts that were found to be whole; a request asks for its own some twenty times. */
const wholeContexts = new WeakSet();

/** Tells whether a value is the whole Koa context of a request. */
export function isRequest(ctx: unknown): ctx is RequestContext {
  if (typeof ctx !== 'object' || ctx === null) return false;
  if (wholeContexts.has(ctx)) return true;
  if (!hasRequestParts(ctx)) return false;
  wholeContexts.add(ctx);
  return true;
}

function hasRequestParts(ctx: object): boolean {
  // Koa types its contexts as open.
  const { request, res } = ctx as { request?: { headers?: unknown }; res?: { once?: unknown } };
  if (!request?.headers || typeof res?.once !== 'function') return false;
  return REQUEST_PARTS.every((part) => part in ctx);
}

/** Returns the secret that users-permissions signs tokens with; an empty text without one. */
export function jwtSecretOf(strapi: Strapi): string {
  return strapi.config.get('plugin::users-permissions.jwtSecret', '');
}

/** Returns the folder that Strapi has loaded a plugin from; `undefined` if there is no such plugin. */
export function pluginFolderOf(strapi: Strapi, name: string): string | undefined {
  const plugins = strapi.config.get<Record<string, { pathToPlugin?: string }>>(
    'enabledPlugins',
    {},
  );
  return plugins[name]?.pathToPlugin;
}

/** The plugin's name in Strapi. */
export const PLUGIN_NAME = 'magic-sessionmanager';

/** The content type of users. */
export const USER_MODEL = 'plugin::users-permissions.user';

/** The content type of users' roles. */
export const ROLE_MODEL = 'plugin::users-permissions.role';

/** The model of Strapi's own settings, and of those of plugins. */
export const CORE_STORE_MODEL = 'strapi::core-store';

/** The content type of the permissions of users' roles. */
export const PERMISSION_MODEL = 'plugin::users-permissions.permission';

/** Strapi's own session table (refresh mode, Strapi 5.24 and later). */
export const STRAPI_SESSION_MODEL = 'admin::session';

/** The origin of users-permissions in Strapi's own session table. */
export const USERS_ORIGIN = 'users-permissions';
