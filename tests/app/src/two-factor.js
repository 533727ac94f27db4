'use strict';

const { randomUUID } = require('node:crypto');

/** The logins that wait for a code, by their tickets. */
const waiting = new Map();

/** The plugin's service; none where the plugin is switched off. */
const sessions = () => strapi.plugin('magic-sessionmanager')?.service('sessions');

/** Asks for a code after the password, and keeps the tokens of the first step until then. */
function askForCode(plugin) {
  const { auth } = plugin.controllers;
  plugin.controllers.auth = (context) => {
    const controller = typeof auth === 'function' ? auth(context) : auth;
    return {
      ...controller,
      async callback(ctx) {
        await controller.callback(ctx);
        if (!ctx.body?.jwt) return;
        const ticket = randomUUID();
        const { user } = ctx.body;
        const pending = sessions()?.begin(user, { method: 'totp', ctx });
        waiting.set(ticket, { tokens: ctx.body, user, pending });
        ctx.cookies.set('strapi_up_refresh', null);
        ctx.body = { needsCode: true, ticket };
      },
    };
  };
}

/** Gives a login, once. */
function take(ticket) {
  const login = waiting.get(ticket);
  waiting.delete(ticket);
  return login;
}

module.exports = { askForCode, take };
