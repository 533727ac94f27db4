import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestContext, Strapi } from '../../strapi';

/** The largest id of a row; no user has it. */
export const TRIAL_USER_ID = 2_147_483_647;

/** A token of that user in form only: its signature is none. */
export const TRIAL_TOKEN = [
  { alg: 'HS256', typ: 'JWT' },
  { id: TRIAL_USER_ID, userId: String(TRIAL_USER_ID), sessionId: 'trial', type: 'access' },
  'trial',
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

/** A password that nobody has. */
export const TRIAL_PASSWORD = 'trial of magic-sessionmanager';

/** An event that nobody emits. */
export const TRIAL_EVENT = 'magic-sessionmanager.trial';

/** The e-mail address of nobody. */
const TRIAL_IDENTIFIER = 'trial@magic-sessionmanager.invalid';

/** A request that no client has sent. */
export interface TrialRequest {
  ctx: RequestContext;
  /** Tells whether its bearer token was read. */
  wasTokenRead: () => boolean;
}

/** Creates a request of the content API with a bearer token and a login in its body. */
export function createTrialRequest(strapi: Strapi): TrialRequest {
  let wasTokenRead = false;
  const message = new IncomingMessage(new Socket());
  message.method = 'POST';
  message.url = '/api/auth/local';
  Object.defineProperty(message.headers, 'authorization', {
    enumerable: true,
    get() {
      wasTokenRead = true;
      return `Bearer ${TRIAL_TOKEN}`;
    },
  });
  const ctx = strapi.server.app.createContext(message, new ServerResponse(message));
  const body = { identifier: TRIAL_IDENTIFIER, password: TRIAL_PASSWORD };
  Object.assign(ctx.request, { body });
  ctx.state.route = {
    info: { type: 'content-api' },
    config: { auth: { strategies: ['users-permissions'] } },
  };
  // Koa's router adds the parameters of a path.
  const routed = Object.assign(ctx, { params: {} }) as unknown as RequestContext;
  return { ctx: routed, wasTokenRead: () => wasTokenRead };
}
