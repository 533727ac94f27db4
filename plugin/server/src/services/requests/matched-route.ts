import { PLUGIN_NAME, type RequestContext } from '../../strapi';

const USERS_PERMISSIONS = 'users-permissions';

/** How a route of another plugin or of the app names a controller of users-permissions. */
const FULL_NAME = `plugin::${USERS_PERMISSIONS}.`;

/** The route that Strapi matched. */
interface MatchedRoute {
  handler?: unknown;
  info?: { pluginName?: string; type?: string };
  config?: { auth?: { strategies?: unknown } | false };
}

/** The actions of users-permissions for visitors, who have no session. */
const VISITORS_ACTIONS: ReadonlySet<string> = new Set([
  'auth.callback',
  'auth.connect',
  'auth.emailConfirmation',
  'auth.forgotPassword',
  'auth.refresh',
  'auth.register',
  'auth.resetPassword',
  'auth.sendEmailConfirmation',
]);

/** Returns the name of the plugin that a request was routed to; `null` for an API of the app. */
export function pluginOf(ctx: RequestContext | undefined): string | null {
  return routeOf(ctx)?.info?.pluginName ?? null;
}

/** Tells whether a request was routed to the GraphQL plugin. */
export function isGraphql(ctx: RequestContext | undefined): boolean {
  const route = routeOf(ctx);
  // Routes of the GraphQL plugin have the type `content-api` and no handler.
  return route?.info?.type === 'content-api' && route.handler === undefined;
}

/** Tells whether a request was routed to the content API, with all strategies that Strapi has for it. */
export function usesDefaultStrategies(ctx: RequestContext | undefined): boolean {
  const route = routeOf(ctx);
  if (route?.info?.type !== 'content-api') return false;
  const auth = route.config?.auth;
  return auth !== false && auth?.strategies === undefined;
}

/**
 * Returns the action of users-permissions that a request was routed to, such as `auth.callback`;
 * `null` for any other action.
 */
export function usersPermissionsActionOf(ctx: RequestContext | undefined): string | null {
  const handler = routeOf(ctx)?.handler;
  if (typeof handler !== 'string') return null;
  const name = handler.trim();
  if (name.startsWith(FULL_NAME)) return name.slice(FULL_NAME.length);
  return pluginOf(ctx) === USERS_PERMISSIONS ? name : null;
}

/** Returns the action of this plugin's users' API that a request was routed to; `null` for any other. */
export function pluginActionOf(ctx: RequestContext | undefined): string | null {
  if (pluginOf(ctx) !== PLUGIN_NAME) return null;
  // The routes' handlers name their actions.
  const handler = routeOf(ctx)?.handler as { action?: string } | string | undefined;
  return typeof handler === 'string' ? handler : (handler?.action ?? null);
}

/** Tells whether a request was routed to an action of users-permissions for visitors. */
export function isForVisitors(ctx: RequestContext | undefined): boolean {
  return VISITORS_ACTIONS.has(usersPermissionsActionOf(ctx) ?? '');
}

function routeOf(ctx: RequestContext | undefined): MatchedRoute | undefined {
  // Strapi types `state` as open; it puts the matched route there itself.
  return ctx?.state.route as MatchedRoute | undefined;
}
