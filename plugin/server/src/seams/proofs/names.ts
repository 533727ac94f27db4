/** The wrapped functions of Strapi, by the names in the log and in the status. */
export const SEAMS = {
  database: 'strapi.db.lifecycles.run',
  authenticate: 'strapi.auth.authenticate',
  verify: 'plugin::users-permissions.jwt.verify',
  readUser: 'plugin::users-permissions.user.fetchAuthenticatedUser',
  checkPassword: 'plugin::users-permissions.user.validatePassword',
  issue: 'plugin::users-permissions.jwt.issue',
  logIn: 'plugin::users-permissions.auth.callback',
  issueRefresh: 'strapi.sessionManager.generateRefreshToken',
  rotate: 'strapi.sessionManager.rotateRefreshToken',
  issueAccess: 'strapi.sessionManager.generateAccessToken',
  logOut: 'admin::session',
  responses: 'strapi.server.app.middleware',
  webhooks: 'strapi.webhookRunner.run',
} as const;

/** The name of a wrapped function. */
export type SeamName = (typeof SEAMS)[keyof typeof SEAMS];
