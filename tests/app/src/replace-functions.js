'use strict';

const users = (strapi) => strapi.plugin('users-permissions');
const jwtOf = (strapi) => users(strapi).service('jwt');
const originOf = (strapi) => strapi.sessionManager('users-permissions');

/** Does what a method did before the plugin wrapped it, as a Strapi would that calls another one. */
const pastThePlugin = (object, name) => Object.getPrototypeOf(object)[name].bind(object);

/** Makes Strapi's session manager of one origin call functions past the plugin. */
function moveSessionManager(strapi) {
  const origin = originOf(strapi);
  const inner = origin.sessionManager;
  const calls = Object.getPrototypeOf(origin);
  calls.generateRefreshToken = function (userId, deviceId, options) {
    return pastThePlugin(inner, 'generateRefreshToken')(userId, deviceId, this.origin, options);
  };
  for (const name of ['rotateRefreshToken', 'generateAccessToken']) {
    calls[name] = function (token) {
      return pastThePlugin(inner, name)(token, this.origin);
    };
  }
}

/** Wraps a function once more, as apps do, and calls the earlier one. */
function wrapAgain(object, name) {
  const before = object[name];
  object[name] = (...values) => before.call(object, ...values);
}

/** The names that a Strapi of the future might give to functions. */
function rename(object, name, callers) {
  const renamed = `${name}InFuture`;
  object[renamed] = object[name];
  delete object[name];
  callers(renamed);
}

/** Code that runs in the app's `register`, before the plugin wraps most functions. */
const IN_REGISTER = {
  'verify is renamed': (strapi) => {
    const jwt = jwtOf(strapi);
    rename(jwt, 'verify', (renamed) => {
      jwt.getToken = async (ctx) => {
        const [, token] = ctx.request.header.authorization?.split(/\s+/) ?? [];
        return token ? await jwt[renamed](token) : null;
      };
    });
  },
  'verify has another name beside its own': (strapi) => {
    const jwt = jwtOf(strapi);
    const { verify } = jwt;
    jwt.getToken = async (ctx) => {
      const [, token] = ctx.request.header.authorization?.split(/\s+/) ?? [];
      return token ? await verify(token) : null;
    };
  },
  'the login is replaced': (strapi) => {
    users(strapi).controller('auth').callback = async (ctx) => ctx.badRequest('Not here');
  },
};

/** Code that runs in the app's `bootstrap`, after all plugins. */
const IN_BOOTSTRAP = {
  'issue is replaced': (strapi) => {
    jwtOf(strapi).issue = () => 'a token of the app';
  },
  'validatePassword is replaced': (strapi) => {
    users(strapi).service('user').validatePassword = async () => false;
  },
  'the webhook runner is replaced': (strapi) => {
    strapi.get('webhookRunner').run = async () => ({});
  },
  'the reading of users is replaced': (strapi) => {
    users(strapi).service('user').fetchAuthenticatedUser = async (id) =>
      await strapi.db
        .query('plugin::users-permissions.user')
        .findOne({ where: { id }, populate: ['role'] });
  },
  'users have a large integer': (strapi) => {
    strapi.db.lifecycles.subscribe({
      models: ['plugin::users-permissions.user'],
      afterFindOne({ result }) {
        // Other answers hold the user, which has to become JSON there.
        const { path } = strapi.requestContext.get() ?? {};
        if (result && path === '/api/articles') result.balance = 1n;
      },
    });
  },
  'permissions may be withheld': (strapi) => {
    strapi.contentAPI.permissions.engine.on(
      'after-format::validate.permission',
      ({ permission }) => permission.action !== strapi.withheldAction,
    );
  },
  'authenticate is replaced': (strapi) => {
    const auth = strapi.get('auth');
    auth.authenticate = async (ctx) => ctx.unauthorized('Not here');
  },
  'lifecycles are replaced': (strapi) => {
    strapi.db.lifecycles.run = async (_action, _model, _properties, states = new Map()) => states;
  },
  'the session manager is replaced': moveSessionManager,
  'the logout is replaced': (strapi) => {
    Object.getPrototypeOf(originOf(strapi)).invalidateRefreshToken = async () => undefined;
  },
  'the middlewares are replaced': (strapi) => {
    strapi.server.app.middleware = [...strapi.server.app.middleware.slice(1)];
  },
  'all are wrapped again': (strapi) => {
    for (const name of ['issue', 'verify']) wrapAgain(jwtOf(strapi), name);
    for (const name of ['fetchAuthenticatedUser', 'validatePassword'])
      wrapAgain(users(strapi).service('user'), name);
    wrapAgain(users(strapi).controller('auth'), 'callback');
    wrapAgain(strapi.get('auth'), 'authenticate');
    wrapAgain(strapi.db.lifecycles, 'run');
    wrapAgain(strapi.get('webhookRunner'), 'run');
  },
  'tokens are read from a cookie': (strapi) => {
    const jwt = jwtOf(strapi);
    jwt.getToken = async (ctx) => {
      const token = ctx.cookies.get('token');
      return token ? await jwt.verify(token) : null;
    };
  },
  'the server is started early': async (strapi) => {
    strapi.server.mount();
    const { httpServer } = strapi.server;
    await new Promise((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
    const answer = await fetch(`http://127.0.0.1:${httpServer.address().port}/api/articles`);
    console.log(`early answer: ${answer.status}, retry after ${answer.headers.get('retry-after')}`);
    await httpServer.destroy();
  },
  'the server is started otherwise': (strapi) => {
    strapi.listen = async () => {
      const { host, port } = strapi.config.get('server');
      strapi.server.listen(port, host);
    };
  },
};

/** Only for tests: runs the code that `REPLACE_FUNCTIONS` names, several with a comma between. */
function run(ways, strapi) {
  const names = (process.env.REPLACE_FUNCTIONS ?? '').split(',');
  return Promise.all(names.map((name) => ways[name]?.(strapi)));
}

module.exports = {
  replaceInRegister: (strapi) => run(IN_REGISTER, strapi),
  replaceInBootstrap: (strapi) => run(IN_BOOTSTRAP, strapi),
};
