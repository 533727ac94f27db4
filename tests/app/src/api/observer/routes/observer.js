'use strict';

// Only for tests: looks at what Strapi does inside.
const testsOnly = process.env.TEST_ROUTES === 'true';

const route = (method, path, action, auth = false) => ({
  method,
  path,
  handler: `observer.${action}`,
  config: { auth },
});

module.exports = {
  routes: testsOnly
    ? [
        route('GET', '/observer/events', 'events'),
        route('GET', '/observer/routes', 'routes'),
        route('GET', '/observer/memory', 'memory'),
        route('GET', '/observer/modules', 'modules'),
        route('GET', '/observer/verify', 'verify'),
        route('GET', '/observer/able', 'able', { scope: ['plugin::users-permissions.user.me'] }),
        route('GET', '/observer/session', 'session', {
          scope: ['plugin::users-permissions.user.me'],
        }),
        route('GET', '/observer/able-to-see', 'able', {
          scope: ['plugin::magic-sessionmanager.my-session.find'],
        }),
      ]
    : [],
};
