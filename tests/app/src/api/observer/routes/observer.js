'use strict';

// Only for tests: looks at what Strapi does inside.
const testsOnly = process.env.TEST_ROUTES === 'true';

const route = (method, path, action) => ({
  method,
  path,
  handler: `observer.${action}`,
  config: { auth: false },
});

module.exports = {
  routes: testsOnly
    ? [
        route('GET', '/observer/events', 'events'),
        route('GET', '/observer/routes', 'routes'),
        route('GET', '/observer/memory', 'memory'),
        route('GET', '/observer/modules', 'modules'),
        route('GET', '/observer/verify', 'verify'),
      ]
    : [],
};
