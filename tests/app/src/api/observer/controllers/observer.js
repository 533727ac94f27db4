'use strict';

const v8 = require('node:v8');
const vm = require('node:vm');

/** Collects garbage, without a flag that the whole process would have to be started with. */
function collectGarbage() {
  v8.setFlagsFromString('--expose-gc');
  vm.runInNewContext('gc')();
}

module.exports = {
  /** Tells which events of the session manager the event hub has heard, oldest first. */
  events(ctx) {
    ctx.body = strapi.observedEvents;
  },

  /** Tells every route that Strapi has mounted, by its method and path. */
  routes(ctx) {
    ctx.body = strapi.server
      .listRoutes()
      .flatMap(({ methods, path }) => methods.map((method) => ({ method, path })));
  },

  /** Tells what the process holds in memory after a garbage collection, in bytes. */
  memory(ctx) {
    collectGarbage();
    ctx.body = process.memoryUsage();
  },

  /** Tells which files of packages the process has loaded. */
  modules(ctx) {
    ctx.body = Object.keys(require.cache);
  },

  /** Tells whether the one who asks may do something, by what Strapi knows of them at this route. */
  able(ctx) {
    ctx.body = ctx.state.auth.ability.can(ctx.query.action);
  },

  /** Tells the session of the request, as the service of sessions knows it. */
  session(ctx) {
    ctx.body = { session: strapi.plugin('magic-sessionmanager').service('sessions').of(ctx) };
  },

  /** Verifies the token of the query inside a transaction, as code that writes a lot may do. */
  async verify(ctx) {
    const jwt = strapi.plugin('users-permissions').service('jwt');
    ctx.body = await strapi.db.transaction(() => jwt.verify(ctx.query.token));
  },
};
