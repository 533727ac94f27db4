'use strict';

const { inExtension } = require('../../extend-jwt');

/** Only for tests: hashes passwords with less work than Strapi does, so that logins take less time. */
const rounds = Number(process.env.TEST_PASSWORD_ROUNDS);

module.exports = (plugin) => {
  if (rounds) plugin.contentTypes.user.schema.attributes.password.encryption = { rounds };
  inExtension?.(plugin);
  return plugin;
};
