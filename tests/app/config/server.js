'use strict';

module.exports = ({ env }) => ({
  host: env('HOST', '127.0.0.1'),
  port: env.int('PORT', 1337),
  url: env('PUBLIC_URL', ''),
  app: { keys: env.array('APP_KEYS') },
  // Only for tests: believes whoever says where a request came from.
  proxy: { koa: env.bool('TRUST_PROXY', false), maxIpsCount: env.int('PROXIES', 0) },
  logger: { updates: { enabled: false } },
});
