import type { DeviceView } from '../../../../shared/contracts';
import type { RequestContext } from '../../strapi';
import { deviceOf } from './device';
import { sanitizeText } from './sanitize-text';

/** The origin of a request; `null` where it is unknown. */
export interface Origin {
  ip: string | null;
  userAgent: string | null;
}

/** The facts of a login. */
export interface LoginFacts extends Origin {
  method: string;
  device: DeviceView;
}

const MAX_USER_AGENT_LENGTH = 512;

/** Longer than any address with a zone; a trusted proxy may pass on arbitrary text. */
const MAX_IP_LENGTH = 64;

/** Returns the facts of a login; outside of a request they are `null`, and the method is `api`. */
export function loginFactsOf(ctx: RequestContext | undefined): LoginFacts {
  const origin = originOf(ctx);
  return { method: methodOf(ctx), ...origin, device: deviceOf(origin.userAgent) };
}

/** Returns the origin of a request; `null` values outside of a request. */
export function originOf(ctx: RequestContext | undefined): Origin {
  return {
    ip: sanitizeText(ctx?.request.ip.replace(/^::ffff:(?=\d+\.)/, ''), MAX_IP_LENGTH),
    userAgent: sanitizeText(ctx?.request.headers['user-agent'], MAX_USER_AGENT_LENGTH),
  };
}

const METHODS: Record<string, string> = {
  'auth.register': 'register',
  'auth.resetPassword': 'reset',
  'auth.changePassword': 'password-change',
};

/** The route that Strapi matched. */
interface MatchedRoute {
  handler?: unknown;
  info?: { pluginName?: string; type?: string };
}

/** Returns how a request logs its user in. */
export function methodOf(ctx: RequestContext | undefined): string {
  // Strapi types `state` as open; it puts the matched route there itself.
  const route = ctx?.state.route as MatchedRoute | undefined;
  // Routes of the GraphQL plugin have the type `content-api` and no handler.
  if (route?.info?.type === 'content-api' && route.handler === undefined) return 'graphql';
  const plugin = route?.info?.pluginName;
  if (plugin === 'magic-link') return 'magic-link';
  if (plugin !== 'users-permissions' || typeof route?.handler !== 'string') return 'api';
  if (route.handler === 'auth.callback') {
    const { provider = 'local' } = (ctx?.params ?? {}) as { provider?: string };
    return provider === 'local' ? 'password' : `oauth:${provider}`;
  }
  return METHODS[route.handler] ?? 'api';
}
