'use strict';

/** A jwt service that gives every token a claim of its own. */
const withClaim = (service) => ({
  ...service,
  issue: (payload, options) => service.issue({ ...payload, tenant: 'test' }, options),
});

/** The same, but it asks elsewhere for the claim first. */
const withAwaitedClaim = (service) => ({
  ...service,
  async issue(payload, options) {
    const tenant = await Promise.resolve('test');
    return await service.issue({ ...payload, tenant }, options);
  },
});

/** A jwt service that adds something to what it verified. */
const withFact = (service) => ({
  ...service,
  verify: async (token) => ({ ...(await service.verify(token)), checkedByApp: true }),
});

/** Lets users name their token in a header of the app's own. */
const ownStrategy = (strapi) => ({
  name: 'user-token',

  async authenticate(ctx) {
    const token = ctx.request.headers['x-user-token'];
    if (!token) return { authenticated: false };
    const { jwt, user: users } = strapi.plugin('users-permissions').services;
    try {
      const { id } = await jwt.verify(token);
      ctx.state.user = await users.fetchAuthenticatedUser(id);
    } catch {
      return { authenticated: false };
    }
    return { authenticated: true, credentials: ctx.state.user };
  },

  async verify() {
    // Whoever is signed in may do everything.
  },
});

const replaceService = (change) => (plugin) => {
  const { jwt } = plugin.services;
  plugin.services.jwt = (context) => change(jwt(context));
};

const replaceRegistered = (change) => (strapi) =>
  strapi.get('services').extend('plugin::users-permissions.jwt', change);

/** Strapi asks strategies in the order in which they are registered. */
function addStrategy(plugin) {
  const { register } = plugin;
  plugin.register = (context) => {
    context.strapi.get('auth').register('content-api', ownStrategy(context.strapi));
    return register(context);
  };
}

/** Only for tests: what apps do to users-permissions, and when; `EXTEND_JWT` names one of them. */
const WAYS = {
  'a service in src/extensions': { inExtension: replaceService(withClaim) },
  'an asynchronous service in src/extensions': { inExtension: replaceService(withAwaitedClaim) },
  'a service replaced in register': { inRegister: replaceRegistered(withClaim) },
  'a service replaced in bootstrap': { inBootstrap: replaceRegistered(withFact) },
  'a strategy in src/extensions': { inExtension: addStrategy },
};

module.exports = WAYS[process.env.EXTEND_JWT] ?? {};
