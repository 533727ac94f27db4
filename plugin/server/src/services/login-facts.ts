import type { DeviceView } from '../../../shared/contracts';
import type { RequestContext } from '../strapi';
import { deviceOf } from './device';

/** What a login's request says about where it came from. */
export interface LoginFacts {
  method: string;
  ip: string | null;
  userAgent: string | null;
  device: DeviceView;
}

const LONGEST_USER_AGENT = 512;

/** Behind a proxy that is trusted blindly, an address may be any text; no real one is longer. */
const LONGEST_ADDRESS = 45;

/** Collects the facts of a login; outside a request there are none, and the method is `api`. */
export function loginFactsOf(ctx: RequestContext | undefined): LoginFacts {
  const userAgent = printable(ctx?.request.headers['user-agent']);
  return {
    method: methodOf(ctx),
    ip: ctx?.request.ip.replace(/^::ffff:(?=\d+\.)/, '').slice(0, LONGEST_ADDRESS) ?? null,
    userAgent,
    device: deviceOf(userAgent),
  };
}

function printable(text: string | undefined): string | null {
  // Control characters have no place in a table cell or a log line.
  return (
    text
      ?.slice(0, LONGEST_USER_AGENT)
      .replace(/\p{Cc}/gu, ' ')
      .trim() || null
  );
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
