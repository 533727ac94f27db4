'use strict';

const { inExtension } = require('../../extend-jwt');
const { askForCode } = require('../../two-factor');

/** Only for tests: hashes passwords with less work than Strapi does, so that logins take less time. */
const rounds = Number(process.env.TEST_PASSWORD_ROUNDS);

/** Only for tests: answers failed logins with a status of the app's own, 200 or 500. */
const failedLoginStatus = Number(process.env.TEST_FAILED_LOGIN_STATUS);

function answerFailedLogins(plugin) {
  const { auth } = plugin.controllers;
  plugin.controllers.auth = (context) => {
    const controller = typeof auth === 'function' ? auth(context) : auth;
    const { callback } = controller;
    return {
      ...controller,
      async callback(ctx) {
        try {
          await callback(ctx);
        } catch {
          ctx.status = failedLoginStatus;
          ctx.body = { success: false };
        }
      },
    };
  };
}

module.exports = (plugin) => {
  if (failedLoginStatus) answerFailedLogins(plugin);
  if (rounds) plugin.contentTypes.user.schema.attributes.password.encryption = { rounds };
  if (process.env.TEST_TWO_FACTOR === 'true') askForCode(plugin);
  inExtension?.(plugin);
  return plugin;
};
