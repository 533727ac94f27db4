'use strict';

// Only for tests: the second step of a login.
const confirm = {
  method: 'POST',
  path: '/two-factor/:way',
  handler: 'two-factor.confirm',
  config: { auth: false },
};

module.exports = { routes: process.env.TEST_TWO_FACTOR === 'true' ? [confirm] : [] };
