'use strict';

module.exports = {
  /** Tells which events of the session manager the event hub has heard, oldest first. */
  events(ctx) {
    ctx.body = strapi.observedEvents;
  },

  /** Verifies the token of the query inside a transaction, as code that writes a lot may do. */
  async verify(ctx) {
    const jwt = strapi.plugin('users-permissions').service('jwt');
    ctx.body = await strapi.db.transaction(() => jwt.verify(ctx.query.token));
  },
};
