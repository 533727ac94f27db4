'use strict';

const { AsyncResource } = require('node:async_hooks');

const USER = 'plugin::users-permissions.user';

const issue = (claims, options) =>
  strapi.plugin('users-permissions').service('jwt').issue(claims, options);

/** Runs work outside of any request, as a timer of the app does. */
const outsideRequests = AsyncResource.bind((work) => work());

/** The ways in which code of an app issues tokens, by name. */
const WAYS = {
  async awaited(id) {
    return { jwt: await issue({ id, context: 'issuer' }) };
  },
  /** Issues a token with the claims of the body. */
  async claims(id, ctx) {
    return { jwt: await issue({ ...ctx.request.body, id }) };
  },
  async direct(id) {
    return { jwt: issue({ id, context: 'issuer' }) };
  },
  async unawaited(id) {
    return { jwt: issue({ id }) };
  },
  async plain(id) {
    return { jwt: await issue({ id }) };
  },
  /** Issues a token for something else than a login. */
  async invoice(id) {
    return { jwt: await issue({ id, kind: 'invoice' }) };
  },
  async link(id) {
    return { jwt: await issue({ id }, { expiresIn: '15m' }) };
  },
  async timer(id) {
    return { jwt: await outsideRequests(() => issue({ id })) };
  },
  async sessionless(id) {
    return { jwt: await issue({ id, kind: 'export', msm: false }) };
  },
  async sessionlessBySid(id) {
    return { jwt: await issue({ id, kind: 'export', sid: false }) };
  },
  /** Returns the token that was issued when the user was created. */
  async welcome(id) {
    return { jwt: strapi.welcomeTokens.get(id) };
  },
  /** Hands the token out in header fields. */
  async headers(id, ctx) {
    const jwt = await issue({ id });
    ctx.set('Authorization', `Bearer ${jwt}`);
    ctx.set('X-Access-Token', jwt);
    return {};
  },
  async document(id) {
    return { jwt: await issue({ hidden: 'secret', toJSON: () => ({ id, context: 'issuer' }) }) };
  },
  /** Issues the token as the last thing in a transaction of the app's own. */
  async transaction(id) {
    return await strapi.db.transaction(async () => {
      await strapi.db.query(USER).update({ where: { id }, data: { confirmed: true } });
      return { jwt: await issue({ id }) };
    });
  },
  /** Issues the token as the first thing in a transaction, and nothing else. */
  async firstInTransaction(id) {
    return await strapi.db.transaction(async () => ({ jwt: await issue({ id }) }));
  },
  async rolledBack(id) {
    const given = {};
    const attempt = strapi.db.transaction(async () => {
      given.jwt = await issue({ id });
      throw new Error('undo');
    });
    await attempt.catch(() => undefined);
    return given;
  },
  async pair(id) {
    const manager = strapi.sessionManager('users-permissions');
    const refresh = await manager.generateRefreshToken(String(id), undefined, { type: 'refresh' });
    const access = await manager.generateAccessToken(refresh.token);
    return { jwt: access.token, refreshToken: refresh.token };
  },
  /** Takes a session of the owner in the body through its life, by Strapi's session manager. */
  async life(id, ctx) {
    const { owner } = ctx.request.body;
    const manager = strapi.sessionManager('users-permissions');
    const { token } = await manager.generateRefreshToken(owner, 'device', { type: 'refresh' });
    const access = await manager.generateAccessToken(token);
    const rotated = await manager.rotateRefreshToken(token);
    const valid = await manager.validateRefreshToken(rotated.token);
    await manager.invalidateRefreshToken(owner);
    const late = await manager.rotateRefreshToken(rotated.token);
    return {
      access: 'token' in access,
      rotated: 'token' in rotated,
      owner: valid.userId ?? null,
      late: 'token' in late,
    };
  },
  async confirmation(id, ctx) {
    const data = { confirmationToken: `confirm-${id}`, confirmed: false };
    await strapi.db.query(USER).update({ where: { id }, data });
    ctx.query = { confirmation: data.confirmationToken };
    await strapi.plugin('users-permissions').controller('auth').emailConfirmation(ctx, null, true);
    return { ...ctx.body, jwt: await ctx.body.jwt };
  },
};

module.exports = {
  /** Issues a token for the user of the path, with a claim of its own beside the user id. */
  async issue(ctx) {
    const { id, way = 'awaited' } = ctx.params;
    ctx.body = await WAYS[way](Number(id), ctx);
  },
};
