'use strict';

const ACTIONS = ['api::article.article.find', 'api::article.article.create'];

/** Tells what does not differ from run to run. */
function describe(state) {
  const { user, auth, isAuthenticated, session } = state;
  return {
    keys: Object.keys(state).sort(),
    user: user ? describeUser(user) : null,
    isAuthenticated: isAuthenticated ?? null,
    hasSession: session?.id !== undefined,
    auth: auth ? describeAuth(auth, user) : null,
  };
}

function describeUser({ username: name, confirmed, blocked, role, ...others }) {
  const keys = ['username', 'confirmed', 'blocked', 'role', ...Object.keys(others)].sort();
  return { name, confirmed, blocked, role, keys };
}

function describeAuth({ strategy, credentials, ability, ...others }, user) {
  return {
    keys: Object.keys(others).sort(),
    strategy: strategy.name,
    credentials: credentials ? Object.keys(credentials).sort() : (credentials ?? null),
    areOfUser: user !== undefined && credentials === user,
    can: ability ? ACTIONS.map((action) => ability.can(action)) : null,
  };
}

/**
 * Only for tests: tells in a header what a request knew of who asks, where its own header has a number.
 *
 * The number ends the part of either output that belongs to the request.
 */
function showStates(strapi) {
  strapi.server.use(async (ctx, next) => {
    await next();
    const number = ctx.get('x-show-state');
    if (!number) return;
    ctx.set('x-state', JSON.stringify(describe(ctx.state)));
    for (const output of [process.stdout, process.stderr]) output.write(`[shown ${number}]\n`);
  });
}

module.exports = { showStates };
