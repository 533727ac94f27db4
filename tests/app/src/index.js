'use strict';

const { inRegister, inBootstrap } = require('./extend-jwt');
const { replaceInRegister, replaceInBootstrap } = require('./replace-functions');
const { showStates } = require('./shown-states');

/** What the app permits beyond what users-permissions does by itself, which before 5.32 is no refresh. */
const PERMISSIONS = [
  { type: 'authenticated', action: 'api::article.article.find' },
  { type: 'public', action: 'plugin::users-permissions.auth.refresh' },
];

/** Only for tests: a login provider that runs at `TEST_OAUTH_URL`. */
function addLoginProvider(strapi, url) {
  const grantConfig = {
    key: 'test-client',
    secret: 'test-client-secret',
    callback: `${url}/done`,
    scope: ['email'],
    oauth: 2,
    authorize_url: `${url}/authorize`,
    access_url: `${url}/token`,
  };
  const authCallback = async ({ accessToken }) => {
    const answer = await fetch(`${url}/profile`, { headers: { 'x-access-token': accessToken } });
    return await answer.json();
  };
  strapi
    .plugin('users-permissions')
    .service('providers-registry')
    .add('test-provider', { enabled: true, icon: 'cloud', grantConfig, authCallback });
}

/** Only for tests: issues and verifies tokens around every middleware of Strapi and of plugins. */
function serveOutside(strapi) {
  const jwt = () => strapi.plugin('users-permissions').service('jwt');
  strapi.server.use(async (ctx, next) => {
    const [, way, id] = /^\/outside\/(\w+)\/(\d+)$/.exec(ctx.path) ?? [];
    if (way === 'login') {
      ctx.body = { jwt: await jwt().issue({ id: Number(id) }) };
    } else if (way === 'verify') {
      const payload = await jwt()
        .getToken(ctx)
        .catch(() => null);
      ctx.status = payload ? 200 : 401;
      ctx.body = { id: payload?.id };
    } else {
      await next();
    }
  });
}

const EVENTS = [
  'session.created',
  'session.terminated',
  'sessions.revoked',
  'session.reactivated',
  'session.refresh-reused',
  'session.token-refused',
  'user.blocked',
  'user.unblocked',
  'login.failed',
  'login.limited',
  'login.locked',
];

/** Only for tests: serves sockets by the example of the documents, which `file` holds. */
async function serveSockets(strapi, file) {
  const { serveSockets } = await import(file);
  serveSockets(strapi).on('connection', (socket) => socket.emit('welcome', socket.data));
}

/** Only for tests: posts the events that every instance emits to a receiver. */
function addWebhook(strapi, url) {
  const events = ['session.terminated', 'sessions.revoked'];
  strapi.get('webhookRunner').add({ id: 'test', isEnabled: true, url, headers: {}, events });
}

/** Only for tests: remembers the events, and listens as badly as a listener can. */
function observeEvents(strapi) {
  strapi.observedEvents = [];
  for (const name of EVENTS) {
    strapi.eventHub.on(name, (facts) => strapi.observedEvents.push({ name, ...facts }));
  }
  strapi.eventHub.on('session.created', () => new Promise(() => {}));
  strapi.eventHub.on('session.terminated', () => {
    throw new Error('a listener that throws');
  });
}

/** Only for tests: issues a token for each user that is created, as for a link in a mail. */
function welcomeUsers(strapi) {
  strapi.welcomeTokens = new Map();
  strapi.db.lifecycles.subscribe({
    models: ['plugin::users-permissions.user'],
    async afterCreate({ result: { id } }) {
      const jwt = strapi.plugin('users-permissions').service('jwt');
      strapi.welcomeTokens.set(id, await jwt.issue({ id }));
    },
  });
}

module.exports = {
  register({ strapi }) {
    const { TEST_OAUTH_URL, TEST_STRAPI_VERSION } = process.env;
    if (TEST_OAUTH_URL) addLoginProvider(strapi, TEST_OAUTH_URL);
    if (TEST_STRAPI_VERSION) strapi.config.set('info.strapi', TEST_STRAPI_VERSION);
    inRegister?.(strapi);
    void replaceInRegister(strapi);
    if (process.env.TEST_ROUTES === 'true') {
      serveOutside(strapi);
      showStates(strapi);
    }
  },

  /** Lets signed-in users read articles, which visitors may not, and everybody refresh a token. */
  async bootstrap({ strapi }) {
    inBootstrap?.(strapi);
    await replaceInBootstrap(strapi);
    const { TEST_ROUTES, TEST_SOCKETS, TEST_WEBHOOK, QUIET_EVENTS } = process.env;
    // Strapi calls no listener after one that throws.
    if (TEST_SOCKETS) await serveSockets(strapi, TEST_SOCKETS);
    if (process.env.TEST_WELCOME === 'true') welcomeUsers(strapi);
    if (TEST_WEBHOOK) addWebhook(strapi, TEST_WEBHOOK);
    if (TEST_ROUTES === 'true' && QUIET_EVENTS !== 'true') observeEvents(strapi);
    const permissions = strapi.db.query('plugin::users-permissions.permission');
    for (const { type, action } of PERMISSIONS) {
      const where = { type };
      const role = await strapi.db.query('plugin::users-permissions.role').findOne({ where });
      const known = await permissions.findOne({ where: { action, role: role.id } });
      if (!known) await permissions.create({ data: { action, role: role.id } });
    }
  },
};
