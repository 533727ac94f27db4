import type { DeviceView } from '../../../../shared/contracts';
import type { RequestContext } from '../../strapi';
import { deviceOf } from './device';
import { sanitizeText } from './sanitize-text';

/** Where a request came from, as far as it says. */
export interface Origin {
  ip: string | null;
  userAgent: string | null;
}

/** What a login's request says. */
export interface LoginFacts extends Origin {
  method: string;
  device: DeviceView;
}

const LONGEST_USER_AGENT = 512;

/** An address with a zone is shorter; a proxy that is trusted passes on whatever it was sent. */
const LONGEST_IP = 64;

/** Collects the facts of a login; outside a request there are none, and the method is `api`. */
export function loginFactsOf(ctx: RequestContext | undefined): LoginFacts {
  const origin = originOf(ctx);
  return { method: methodOf(ctx), ...origin, device: deviceOf(origin.userAgent) };
}

/** Tells where a request came from; outside a request there is nothing to tell. */
export function originOf(ctx: RequestContext | undefined): Origin {
  return {
    ip: sanitizeText(ctx?.request.ip.replace(/^::ffff:(?=\d+\.)/, ''), LONGEST_IP),
    userAgent: sanitizeText(ctx?.request.headers['user-agent'], LONGEST_USER_AGENT),
  };
}

const METHODS: Record<string, string> = {
  'auth.register': 'register',
  'auth.resetPassword': 'reset',
  'auth.changePassword': 'password-change',
};

/** The route that Strapi matched, however its URL was spelled. */
interface MatchedRoute {
  handler?: unknown;
  info?: { pluginName?: string; type?: string };
}

function methodOf(ctx: RequestContext | undefined): string {
  // Strapi types `state` as open; it puts the matched route there itself.
  const route = ctx?.state.route as MatchedRoute | undefined;
  // The GraphQL plugin says only that its requests are of the content API, and names no handler.
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
