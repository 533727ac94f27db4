'use strict';

// Only for tests: writes to users from the app's own code, past every route of users.
const testsOnly = process.env.TEST_ROUTES === 'true';

module.exports = {
  routes: testsOnly
    ? [
        {
          method: 'POST',
          path: '/own-account/:way',
          handler: 'account.changeOwn',
          config: { auth: { scope: ['plugin::users-permissions.user.me'] } },
        },
        {
          method: 'POST',
          path: '/account/:id/:way',
          handler: 'account.change',
          config: { auth: false },
        },
      ]
    : [],
};
