import type mySessionController from '../controllers/my-session';
import { USER_ACTION } from '../permissions';
import { PLUGIN_NAME } from '../strapi';

const CONTROLLER = 'my-session';

type Action = keyof ReturnType<typeof mySessionController>;

/** Handles a request, as an action of a controller does. */
type Handler = (ctx: unknown) => Promise<unknown>;

/**
 * Returns a handler that calls an action of the controller without naming it to Strapi.
 *
 * Strapi then requires no permission of its own for the action. Fewer permissions are faster,
 * because users-permissions reads all permissions of a role at each request.
 */
function unnamed(action: Action): Handler & { action: string } {
  const handler: Handler = async (ctx) => {
    const actions: Record<Action, Handler> = strapi.plugin(PLUGIN_NAME).controller(CONTROLLER);
    return await actions[action](ctx);
  };
  return Object.assign(handler, { action: `${CONTROLLER}.${action}` });
}

const route = (method: string, path: string, handler: string | Handler) => ({
  method,
  path,
  handler,
  config: {
    auth: { scope: [USER_ACTION] },
    middlewares: [`plugin::${PLUGIN_NAME}.rate-limit`],
  },
});

/** The users' API, under `/api/magic-sessionmanager`; all routes require one permission. */
export default [
  route('GET', '/my-sessions', `${CONTROLLER}.find`),
  route('DELETE', '/my-sessions/:id', unnamed('terminate')),
  route('GET', '/current-session', unnamed('current')),
  route('POST', '/logout', unnamed('logout')),
  route('POST', '/logout-all', unnamed('logoutAll')),
  route('POST', '/logout-others', unnamed('logoutOthers')),
];
