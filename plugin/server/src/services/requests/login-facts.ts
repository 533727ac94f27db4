import type { DeviceView } from '../../../../shared/contracts';
import type { RequestContext } from '../../strapi';
import { deviceOf } from './device';
import { isGraphql, pluginOf, usersPermissionsActionOf } from './matched-route';
import type { ClientOf } from './network';
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

/** The facts of requests; outside of a request they are `null`, and the method is `api`. */
export interface RequestFacts {
  clientOf: ClientOf;
  originOf(ctx: RequestContext | undefined): Origin;
  loginFactsOf(ctx: RequestContext | undefined): LoginFacts;
}

/** The facts of a session that no login began. */
export const NO_LOGIN_FACTS: Omit<LoginFacts, 'method'> = {
  ip: null,
  userAgent: null,
  device: deviceOf(null),
};

/** Creates the reader of facts. */
export function createRequestFacts(clientOf: ClientOf): RequestFacts {
  function originOf(ctx: RequestContext | undefined): Origin {
    return {
      ip: clientOf(ctx).address,
      userAgent: sanitizeText(ctx?.request.headers['user-agent'], MAX_USER_AGENT_LENGTH),
    };
  }

  return {
    clientOf,
    originOf,

    loginFactsOf(ctx) {
      const origin = originOf(ctx);
      return { method: methodOf(ctx), ...origin, device: deviceOf(origin.userAgent) };
    },
  };
}

/** A provider's name is client input, until Strapi finds that it has none of that name. */
const MAX_PROVIDER_LENGTH = 64;

const METHODS: Record<string, string> = {
  'auth.register': 'register',
  'auth.resetPassword': 'reset',
  'auth.changePassword': 'password-change',
};

/** Returns how a request logs its user in. */
export function methodOf(ctx: RequestContext | undefined): string {
  if (isGraphql(ctx)) return 'graphql';
  if (pluginOf(ctx) === 'magic-link') return 'magic-link';
  const action = usersPermissionsActionOf(ctx) ?? '';
  if (action !== 'auth.callback') return METHODS[action] ?? 'api';
  const { provider = 'local' } = (ctx?.params ?? {}) as { provider?: string };
  return provider === 'local' ? 'password' : `oauth:${sanitizeText(provider, MAX_PROVIDER_LENGTH)}`;
}
