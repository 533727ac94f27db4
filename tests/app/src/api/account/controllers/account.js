'use strict';

const { AsyncResource } = require('node:async_hooks');

const USER = 'plugin::users-permissions.user';
const ROLE = 'plugin::users-permissions.role';
const PERMISSION = 'plugin::users-permissions.permission';

/** Runs work outside of any request, as a timer of the app does. */
const outsideRequests = AsyncResource.bind((work) => work());

/** The ways in which code of an app changes or deletes users, by name. */
const WAYS = {
  async documents(id, data) {
    const { documentId } = await strapi.db.query(USER).findOne({ where: { id } });
    await strapi.documents(USER).update({ documentId, data });
  },
  async query(id, data) {
    await strapi.db.query(USER).update({ where: { id }, data });
  },
  async queryMany(id, data) {
    await strapi.db.query(USER).updateMany({ where: { id: { $in: [id] } }, data });
  },
  async service(id, data) {
    await strapi.plugin('users-permissions').service('user').edit(id, data);
  },
  async timer(id, data) {
    await outsideRequests(() => WAYS.query(id, data));
  },
  async committed(id, data) {
    await strapi.db.transaction(() => WAYS.query(id, data));
  },
  /** Changes a user within a transaction that goes on with something else. */
  async committedLate(id, data) {
    await strapi.db.transaction(async () => {
      await WAYS.query(id, data);
      await strapi.db.query(USER).findMany({ where: { id } });
      await strapi.db.transaction(() => strapi.db.query(ROLE).findMany());
    });
  },
  /** Gives a role an action, or takes it away. */
  async permission(role, { action, on }) {
    await WAYS.noPermission(role, { action });
    if (on) await strapi.db.query(PERMISSION).create({ data: { action, role } });
  },
  async noPermission(role, { action }) {
    await strapi.db.query(PERMISSION).deleteMany({ where: { action, role } });
  },
  /** Gives a role an action, or takes it away, by a change of the role. */
  async permissionOfRole(role, { action, on }) {
    const known = await strapi.db.query(PERMISSION).findMany({ where: { action, role } });
    const permissions = on
      ? { connect: [(await strapi.db.query(PERMISSION).create({ data: { action } })).id] }
      : { disconnect: known.map(({ id }) => id) };
    await strapi.db.query(ROLE).update({ where: { id: role }, data: { permissions } });
  },
  async permissionCommitted(role, change) {
    await strapi.db.transaction(() => WAYS.permission(role, change));
  },
  async permissionRolledBack(role, change) {
    const undo = new Error('undo');
    const attempt = strapi.db.transaction(async () => {
      await WAYS.permission(role, change);
      throw undo;
    });
    await attempt.catch((error) => {
      if (error !== undo) throw error;
    });
  },
  /** Creates a role with some actions; answers its id. */
  async createRole(_id, { name, actions }) {
    const data = { name, type: name, description: name };
    const { id } = await strapi.db.query(ROLE).create({ data });
    for (const action of actions) await WAYS.permission(id, { action, on: true });
    return { id };
  },
  /** Creates a user; answers its id. */
  async createUser(_id, data) {
    const { id } = await strapi.plugin('users-permissions').service('user').add(data);
    return { id };
  },
  /** Names the action that nobody may do from now on, or none. */
  async withhold(_id, { action }) {
    strapi.withheldAction = action;
  },
  /** Changes users-permissions' settings. */
  async settings(_id, changes) {
    const store = strapi.store({ type: 'plugin', name: 'users-permissions', key: 'advanced' });
    await store.set({ value: { ...(await store.get()), ...changes } });
  },
  /** Changes a role rather than a user. */
  async role(id, data) {
    await strapi.db.query(ROLE).update({ where: { id }, data });
  },
  /** Writes a relation alone, of which the query engine tells nobody. */
  async relations(id, data) {
    await strapi.db.query(USER).updateRelations(id, data);
  },
  /** Commits the transaction by itself, before Strapi does. */
  async committed(id, data) {
    await strapi.db.transaction(async ({ trx }) => {
      await WAYS.query(id, data);
      await trx.commit();
    });
  },
  async rolledBack(id, data) {
    const undo = new Error('undo');
    const change = strapi.db.transaction(async () => {
      await WAYS.query(id, data);
      throw undo;
    });
    await change.catch((error) => {
      if (error !== undo) throw error;
    });
  },
  async deleteDocuments(id) {
    const { documentId } = await strapi.db.query(USER).findOne({ where: { id } });
    await strapi.documents(USER).delete({ documentId });
  },
  async deleteQuery(id) {
    await strapi.db.query(USER).delete({ where: { id } });
  },
  async deleteQueryMany(id) {
    await strapi.db.query(USER).deleteMany({ where: { id: { $in: [id] } } });
  },
  async deleteService(id) {
    await strapi.plugin('users-permissions').service('user').remove({ id });
  },
  /** Switches lifecycles off, as Strapi does while a transfer is connected, or on again. */
  async lifecycles(id, { on }) {
    if (on) strapi.db.lifecycles.enable();
    else strapi.db.lifecycles.disable();
  },
  /** Logs a user in as an app does that hashes passwords anew. */
  async rehash(id, { password }) {
    const users = strapi.plugin('users-permissions').service('user');
    const user = await strapi.db.query(USER).findOne({ where: { id } });
    if (!(await users.validatePassword(password, user.password))) return {};
    const { password: hash } = await users.ensureHashedPasswords({ password });
    await strapi.db.query(USER).update({ where: { id }, data: { password: hash } });
    return { jwt: await strapi.plugin('users-permissions').service('jwt').issue({ id }) };
  },
  /** Logs a user in as an app does that hashes the password again once the token is issued. */
  async rehashAfter(id, { password }) {
    const users = strapi.plugin('users-permissions').service('user');
    const user = await strapi.db.query(USER).findOne({ where: { id } });
    if (!(await users.validatePassword(password, user.password))) return {};
    const jwt = strapi.plugin('users-permissions').service('jwt').issue({ id });
    await users.edit(id, { password });
    return { jwt: await jwt };
  },
  /** Verifies the password that a user typed, and makes it the password of another one. */
  async share(id, { password, otherId }) {
    const users = strapi.plugin('users-permissions').service('user');
    const user = await strapi.db.query(USER).findOne({ where: { id } });
    if (!(await users.validatePassword(password, user.password))) return;
    await users.edit(otherId, { password });
  },
  /** Verifies a token as a socket server does. */
  async verify(id, { token }) {
    const verified = strapi.plugin('users-permissions').service('jwt').verify(token);
    return await verified.then(
      () => ({ isValid: true }),
      () => ({ isValid: false }),
    );
  },
  /** Verifies a token by a jwt service of the app that returns the payload itself. */
  verifyAtOnce(id, { token }) {
    const payload = strapi.plugin('users-permissions').service('jwt').verify(token);
    return { id: payload.id };
  },
  /** Verifies a token by a jwt service of the app that takes a callback. */
  verifyByCallback(id, { token }) {
    const { jwt } = strapi.plugin('users-permissions').services;
    return new Promise((resolve) => {
      jwt.verify(token, (error, payload) => resolve({ isValid: !error, id: payload?.id }));
    });
  },
  /** Tries a code of the app's own, which is right or not; the id 0 stands for nobody. */
  async attempt(id, { identifier, ip, isRight, times = 1 }) {
    const logins = strapi.plugin('magic-sessionmanager').service('loginProtection');
    const answers = [];
    for (let time = 0; time < times; time += 1) {
      const attempt = await logins.attempt({ ...(id > 0 && { userId: id }), identifier, ip });
      if (attempt.allowed) await (isRight ? attempt.succeeded() : attempt.failed());
      answers.push({ allowed: attempt.allowed, retryAfterMs: attempt.retryAfterMs ?? 0 });
    }
    return { answers };
  },
  /** Gives a user a code to reset the password by, as a mail would. */
  async resetCode(id, { code }) {
    await strapi.db.query(USER).update({ where: { id }, data: { resetPasswordToken: code } });
  },
  /** Calls a method of the service of sessions; answers its result or the code of its error. */
  async sessionsService(_id, { method, args }) {
    const sessions = strapi.plugin('magic-sessionmanager').service('sessions');
    try {
      return { result: (await sessions[method](...args)) ?? null };
    } catch (error) {
      return { code: error.code ?? null, isRangeError: error instanceof RangeError };
    }
  },
  /** Ends the sessions that began before an instant, by default now: of a user, or of everyone with the id 0. */
  async endBefore(id, { atMs = Date.now() } = {}) {
    const sessions = strapi.plugin('magic-sessionmanager').service('sessions');
    await sessions.endBefore(id === 0 ? 'everyone' : id, atMs, 'admin');
  },
};

module.exports = {
  /** Changes the user who asks in the way that the path names, or by users-permissions' own action. */
  async changeOwn(ctx) {
    const { id } = ctx.state.user;
    if (ctx.params.way === 'confirm') {
      // An app that asks for the password again compares it with the user whom Strapi has read.
      const users = strapi.plugin('users-permissions').service('user');
      const { password } = ctx.request.body;
      ctx.body = { isValid: await users.validatePassword(password, ctx.state.user.password) };
      return;
    }
    if (ctx.params.way !== 'controller') {
      await WAYS[ctx.params.way](id, ctx.request.body);
      ctx.body = {};
      return;
    }
    ctx.params = { id };
    await strapi.plugin('users-permissions').controller('user').update(ctx);
  },

  /** Changes or deletes the user of the path in the way that it names. */
  async change(ctx) {
    const { id, way } = ctx.params;
    ctx.body = (await WAYS[way](Number(id), ctx.request.body)) ?? {};
  },
};
