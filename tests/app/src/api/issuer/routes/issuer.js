'use strict';

// Only for tests: signs any user in the way other plugins do, straight through the jwt service.
const route = (path) => ({
  method: 'POST',
  path,
  handler: 'issuer.issue',
  config: { auth: false },
});

const testsOnly = process.env.TEST_ROUTES === 'true';

module.exports = {
  routes: testsOnly ? [route('/issuer/:id'), route('/issuer/:id/:way')] : [],
};
