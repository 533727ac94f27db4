'use strict';

const { AsyncResource } = require('node:async_hooks');

/** Runs work outside of any request, as a job does. */
const outsideRequests = AsyncResource.bind((work) => work());

/** The parts of a context that code of an app hands to a controller, by name. */
const CONTEXTS = {
  plain: (ctx, facts) => ({ query: {}, state: {}, send: keep, ...facts }),
  bare: (ctx, { request, params }) => ({ request: { body: request.body }, params }),
  withoutParams: (ctx, { request }) => ({ request, state: {}, send: keep }),
  withoutRequest: (ctx, { params }) => ({ params, state: {}, send: keep }),
  withoutState: (ctx, facts) => ({ ...facts, send: keep }),
  empty: () => ({}),
  nothing: () => undefined,
  copy: (ctx, facts) => ({ ...ctx, state: {}, send: keep, ...facts }),
  whole: (ctx, { request, params }) => {
    ctx.request.body = request.body;
    return Object.assign(ctx, { params });
  },
};

/** Where the code runs, by name. */
const PLACES = {
  inside: (_context, work) => work(),
  outside: (_context, work) => outsideRequests(work),
  ownContext: (context, work) => outsideRequests(() => strapi.requestContext.run(context, work)),
};

function keep(body) {
  this.body = body;
  return body;
}

/** The functions of users-permissions that code of an app calls, by name. */
const CALLS = {
  callback: (context) => auth().callback(context),
  register: (context) => auth().register(context),
  resetPassword: (context) => auth().resetPassword(context),
  changePassword: (context) => auth().changePassword(context),
  emailConfirmation: (context) => auth().emailConfirmation(context, null, true),
  authenticate: (context) => strapi.get('auth').authenticate(context, () => 'authenticated'),
  token: (context) => strapi.plugin('users-permissions').service('jwt').getToken(context),
};

const auth = () => strapi.plugin('users-permissions').controller('auth');

/** Tells what differs neither by the user nor by the time. */
async function describe(result, context) {
  const body = result ?? context?.body;
  const jwt = await body?.jwt;
  return { jwt: typeof jwt, user: body?.user?.username ?? null, id: typeof body?.id };
}

module.exports = {
  /** Calls a function of users-permissions with a part of a context, and tells the outcome. */
  async call(ctx) {
    const { name, place, shape } = ctx.params;
    const { body, bearer } = ctx.request.body;
    const header = bearer ? { authorization: `Bearer ${bearer}` } : {};
    const context = CONTEXTS[shape](ctx, {
      request: { body, header, headers: header },
      params: {},
    });
    let answer;
    try {
      const result = await PLACES[place](context, () => CALLS[name](context));
      answer = await describe(result, context);
    } catch (error) {
      answer = { error: `${error.name}: ${error.message}` };
    }
    ctx.status = 200;
    ctx.body = answer;
  },
};
