'use strict';

const jsonwebtoken = require('jsonwebtoken');

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

/** Verifies a token of users-permissions by itself, as Strapi does, and throws for any other text. */
function claimsOf(strapi, token) {
  const { jwtManagement, jwtSecret } = strapi.config.get('plugin::users-permissions');
  if (jwtManagement !== 'refresh') return jsonwebtoken.verify(token, jwtSecret);
  const { isValid, payload } = strapi
    .sessionManager('users-permissions')
    .validateAccessToken(token);
  if (!isValid) throw new Error('Invalid token.');
  return { ...payload, id: Number(payload.userId) };
}

/** A jwt service whose `verify` returns the payload itself, and whose `getToken` relies on that. */
const withSynchronousVerify = (service) => ({
  ...service,
  verify: (token) => claimsOf(strapi, token),

  getToken(ctx) {
    const [, token] = /^Bearer (.+)$/i.exec(ctx.request.headers.authorization ?? '') ?? [];
    if (!token) return null;
    const payload = this.verify(token);
    return payload.id === undefined ? null : payload;
  },
});

/** A jwt service that tells no more than the user, whose id is a text. */
const withOtherPayload = (service) => ({
  ...service,
  verify: async (token) => ({ id: String((await service.verify(token)).id), roles: [] }),
});

/** A jwt service that also takes a callback, as `jsonwebtoken` does. */
const withCallback = (service) => ({
  ...service,
  verify(token, done) {
    const verified = service.verify(token);
    if (!done) return verified;
    verified.then(
      (payload) => done(null, payload),
      (error) => done(error),
    );
    return undefined;
  },
});

/** A jwt service that signs and verifies with a key of its own. */
const withOwnKey = (service) => ({
  ...service,
  issue: (payload) => jsonwebtoken.sign({ ...payload }, 'a key of the app', { expiresIn: '1h' }),
  verify: (token) => Promise.resolve(jsonwebtoken.verify(token, 'a key of the app')),
});

/** The claims of a token of the identity provider; what is no JWT is a session at the provider itself. */
function providerClaims(token) {
  const [, email] = /^opaque\.(.+)$/.exec(token) ?? [];
  if (email) return { email };
  return jsonwebtoken.verify(token, process.env.PROVIDER_KEY, { algorithms: ['RS256'] });
}

/** A jwt service that also accepts the tokens of an identity provider, whose users have e-mail addresses. */
const withProvider = (service) => ({
  ...service,
  async verify(token) {
    try {
      return await service.verify(token);
    } catch {
      const claims = providerClaims(token);
      const where = { email: claims.email };
      const user = await strapi.db.query('plugin::users-permissions.user').findOne({ where });
      return { ...claims, id: user.id };
    }
  },
});

/** The same, but the app finds the user only when Strapi asks for it, by the provider's name of it. */
const withProviderSubject = (service) => ({
  ...service,
  async verify(token) {
    return await service.verify(token).catch(() => ({ id: providerClaims(token).email }));
  },
});

function findUsersByEmail(plugin) {
  replaceService(withProviderSubject)(plugin);
  const { user } = plugin.services;
  plugin.services.user = (context) => ({
    ...user(context),
    fetchAuthenticatedUser(id) {
      const where = Number.isInteger(id) ? { id } : { email: id };
      return strapi.db
        .query('plugin::users-permissions.user')
        .findOne({ where, populate: ['role'] });
    },
  });
}

/** The app reads the permissions of a user's role with the user. */
function readPermissions(plugin) {
  const { user } = plugin.services;
  plugin.services.user = (context) => ({
    ...user(context),
    fetchAuthenticatedUser(id) {
      const populate = { role: { populate: ['permissions'] } };
      return strapi.db.query('plugin::users-permissions.user').findOne({ where: { id }, populate });
    },
  });
}

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
  'a service with a synchronous verify': { inExtension: replaceService(withSynchronousVerify) },
  'a service with another payload': { inExtension: replaceService(withOtherPayload) },
  'a service with callbacks': { inExtension: replaceService(withCallback) },
  'a service with its own key': { inExtension: replaceService(withOwnKey) },
  'an identity provider': { inExtension: replaceService(withProvider) },
  'an identity provider with users by e-mail': { inExtension: findUsersByEmail },
  'users with their permissions': { inExtension: readPermissions },
  'a strategy in src/extensions': { inExtension: addStrategy },
};

module.exports = WAYS[process.env.EXTEND_JWT] ?? {};
