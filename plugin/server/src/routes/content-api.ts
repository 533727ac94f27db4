import { PLUGIN_NAME } from '../strapi';

const route = (method: string, path: string, action: string) => ({
  method,
  path,
  handler: `my-session.${action}`,
  config: { middlewares: [`plugin::${PLUGIN_NAME}.rate-limit`] },
});

/** The users' API, under `/api/magic-sessionmanager`; users-permissions asks for each permission. */
export default [
  route('GET', '/my-sessions', 'find'),
  route('DELETE', '/my-sessions/:id', 'terminate'),
  route('GET', '/current-session', 'current'),
  route('POST', '/logout', 'logout'),
  route('POST', '/logout-all', 'logoutAll'),
  route('POST', '/logout-others', 'logoutOthers'),
];
