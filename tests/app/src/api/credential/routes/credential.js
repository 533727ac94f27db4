'use strict';

// Only for tests: routes that let people in by each of Strapi's ways.
const testsOnly = process.env.TEST_ROUTES === 'true';

const scope = ['api::article.article.find'];

/** A strategy of the app's own, which verifies users' tokens as Strapi does. */
const ownStrategy = {
  name: 'own',
  async authenticate(ctx) {
    const { jwt } = strapi.plugin('users-permissions').services;
    const payload = await Promise.resolve(jwt.getToken(ctx)).catch(() => null);
    if (payload?.id === undefined) return { authenticated: false };
    return { authenticated: true, credentials: { id: payload.id } };
  },
};

const route = (path, auth, handler = 'credential.show') => ({
  method: 'GET',
  path: `/credential/${path}`,
  handler,
  config: { auth },
});

/** Strapi gives a route whose handler is a function no scope. */
const withoutScope = {
  method: 'GET',
  path: '/credential/without-scope',
  handler(ctx) {
    ctx.body = { letIn: true };
  },
  config: {},
};

module.exports = {
  routes: testsOnly
    ? [
        route('open', false),
        route('scoped', { scope }),
        withoutScope,
        route('by-api-token', { scope, strategies: ['content-api-token', 'api-token'] }),
        route('by-user', { scope, strategies: ['users-permissions'] }),
        route('by-own', { scope, strategies: [ownStrategy] }),
        route('change', { scope }, 'credential.change'),
      ]
    : [],
};
