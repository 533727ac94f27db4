'use strict';

module.exports = ({ env }) => [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  'strapi::cors',
  'strapi::poweredBy',
  'strapi::query',
  'strapi::body',
  // Over plain HTTP on the loopback address, hence a cookie without `secure`.
  { name: 'strapi::session', config: { secure: false } },
  'strapi::favicon',
  'strapi::public',
  ...(env.bool('TEST_COMPRESSION', false) ? ['strapi::compression'] : []),
];
