'use strict';

// Only for tests: writes to users from the app's own code, past every route of users.
const testsOnly = process.env.TEST_ROUTES === 'true';

module.exports = {
  routes: testsOnly
    ? [
        {
          method: 'POST',
          path: '/account/:id/:way',
          handler: 'account.change',
          config: { auth: false },
        },
      ]
    : [],
};
