'use strict';

// Only for tests: code of an app that calls users-permissions with less than a whole context.
const testsOnly = process.env.TEST_ROUTES === 'true';

module.exports = {
  routes: testsOnly
    ? [
        {
          method: 'POST',
          path: '/caller/:name/:place/:shape',
          handler: 'caller.call',
          config: { auth: false },
        },
      ]
    : [],
};
