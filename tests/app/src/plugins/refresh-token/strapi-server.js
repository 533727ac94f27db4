'use strict';

const { createHmac, randomUUID } = require('node:crypto');

const SECRET = 'the secret of another plugin';
const COOKIE = 'plugin_refresh';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());
const signatureOf = (input, secret) =>
  createHmac('sha256', secret).update(input).digest('base64url');

/** Signs a refresh token of the plugin's own, which the session manager knows nothing about. */
function newToken(userId) {
  const input = `${encode({ alg: 'HS256' })}.${encode({ userId, secret: randomUUID() })}`;
  return `${input}.${signatureOf(input, SECRET)}`;
}

/** Reads the claims of a token that was signed with a secret, however old it is. */
function claimsOf(token = '', secret = SECRET) {
  const [header, payload, signature] = String(token).split('.');
  if (signature !== signatureOf(`${header}.${payload}`, secret)) return null;
  return decode(payload);
}

const issue = (id) => strapi.plugin('users-permissions').service('jwt').issue({ id });

/** Adds a token of the plugin's own to an answer, in the body or in a cookie. */
function hand(ctx, userId, { inCookie }) {
  const token = newToken(userId);
  if (inCookie) ctx.cookies.set(COOKIE, token, { httpOnly: true });
  else ctx.body = { ...ctx.body, pluginToken: token };
}

/** Exchanges a token of the plugin's own for an access token. */
async function refresh(ctx) {
  const { pluginToken, rotate, inCookie } = ctx.request.body ?? {};
  const claims = claimsOf(pluginToken ?? ctx.cookies.get(COOKIE));
  if (!claims) return ctx.unauthorized('Invalid token');
  ctx.status = 200;
  ctx.body = { jwt: await issue(claims.userId) };
  if (rotate) hand(ctx, claims.userId, { inCookie });
}

/** As the plugins do, works around Strapi's own middlewares and routes. */
async function aroundLogins(ctx, next) {
  await next();
  // Answers a refused request with a new token, as a middleware that refreshes by itself does.
  if (ctx.status === 401 && ctx.request.headers['x-auto-refresh']) await refresh(ctx);
  if (ctx.method !== 'POST') return;
  const { requestRefresh, inCookie } = ctx.request.body ?? {};
  if (ctx.path === '/api/auth/local' && ctx.status === 200 && requestRefresh) {
    hand(ctx, ctx.body.user.id, { inCookie });
  }
  if (ctx.path === '/api/auth/local/refresh') await refresh(ctx);
}

const renewals = {
  /** Exchanges an access token that may have expired for a new one. */
  async byBearer(ctx) {
    const [, token] = (ctx.request.headers.authorization ?? '').split(' ');
    const secret = strapi.config.get('plugin::users-permissions.jwtSecret');
    const claims = claimsOf(token, secret);
    if (!claims) return ctx.unauthorized('Invalid token');
    ctx.body = { jwt: await issue(claims.id ?? Number(claims.userId)) };
  },

  /** Names the session that a token belongs to; `null` is a login. */
  async named(ctx) {
    const { userId, sessionId } = ctx.request.body;
    strapi.plugin('magic-sessionmanager').service('sessions').continue(sessionId);
    ctx.body = { jwt: await issue(userId) };
  },

  /** Logs a user in by means of the plugin's own, such as a one-time code. */
  async oneTimeCode(ctx) {
    const { userId, echo, user } = ctx.request.body;
    const userKey = `the-same-text-for-user-${userId}`;
    const constant = 'the-same-text-for-every-user';
    ctx.body = { jwt: await issue(userId), echo, user, userKey, constant };
    hand(ctx, userId, {});
  },
};

const route = (path, handler) => ({
  method: 'POST',
  path,
  handler: `renewals.${handler}`,
  config: { auth: false },
});

module.exports = {
  register: () => strapi.server.use(aroundLogins),
  controllers: { renewals },
  routes: {
    'content-api': {
      type: 'content-api',
      routes: [
        route('/by-bearer', 'byBearer'),
        route('/named', 'named'),
        route('/one-time-code', 'oneTimeCode'),
      ],
    },
  },
};
