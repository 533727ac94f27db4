'use strict';

const greeting = ({ username }) => `Hello ${username}`;

/** Strapi's own controllers are a function of Strapi in some versions and an object in others. */
const resolved = (part, context) => (typeof part === 'function' ? part(context) : part);

/** Answers of logins say more than Strapi's, and another action answers who a user is. */
function extendControllers(plugin) {
  const { auth, user } = plugin.controllers;
  plugin.controllers.auth = (context) => {
    const controller = resolved(auth, context);
    return {
      ...controller,
      async callback(ctx) {
        await controller.callback(ctx);
        ctx.body.greeting = greeting(ctx.body.user);
      },
      async register(ctx) {
        ctx.request.body.username = ctx.request.body.username.toLowerCase();
        await controller.register(ctx);
      },
    };
  };
  const { me } = user;
  user.me = async (ctx) => {
    await me(ctx);
    if (ctx.status === 200) ctx.body.greeting = greeting(ctx.state.user);
  };
  user.ownName = (ctx) => {
    ctx.body = { username: ctx.state.user?.username ?? null };
  };
}

/** The app's own tokens say more than Strapi's, and it looks at them once more. */
function extendTokens(plugin) {
  const { jwt } = plugin.services;
  plugin.services.jwt = (context) => {
    const service = resolved(jwt, context);
    const { issue, verify } = service;
    return Object.assign(service, {
      issue: (payload, options) => issue.call(service, { ...payload, app: 'extended' }, options),
      async verify(token) {
        const payload = await verify.call(service, token);
        if (payload.id === undefined) throw new Error('The token is of nobody');
        return payload;
      },
    });
  };
}

/** A visitor and a user may both ask for the name, at a path that Strapi has not. */
function extendRoutes(plugin) {
  const contentApi = plugin.routes['content-api'];
  const route = {
    method: 'GET',
    path: '/users/own-name',
    handler: 'user.ownName',
    config: { prefix: '', auth: false },
  };
  const extended = (routes) => ({ ...routes, routes: [route, ...routes.routes] });
  plugin.routes['content-api'] =
    typeof contentApi === 'function'
      ? (context) => extended(contentApi(context))
      : extended(contentApi);
}

module.exports = (plugin) => {
  extendControllers(plugin);
  extendTokens(plugin);
  extendRoutes(plugin);
  // A user has a field of the app's own.
  plugin.contentTypes.user.schema.attributes.nickname = { type: 'string', default: 'Nick' };
  return plugin;
};
