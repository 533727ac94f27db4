import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { maskedAnswer } from '../../harness/comparison/masked-answer.mjs';
import { ServerPair } from '../../harness/comparison/server-pair.mjs';
import { startRegistered } from '../../harness/comparison/compared-app.mjs';
import { CREDENTIALS, credentialsIn, makeTokens } from '../../harness/credentials/credentials.mjs';
import { until } from '../../harness/process/until.mjs';
import { STATEMENT_LOG, statementsIn } from '../../harness/sql/statement-log.mjs';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';
import { inBothModes, MODES } from '../../harness/strapi/modes.mjs';

const get = (path) => ({ method: 'GET', path });
const post = (path, body) => ({ method: 'POST', path, body });

const FAILING = 'a route that fails without a user';

/** Every kind of route, by its name; `isDefault` says that Strapi asks all of its strategies there. */
const ROUTES = {
  'who asks': { ...get('/api/users/me'), isDefault: true },
  'who asks, with the role': { ...get('/api/users/me?populate=role'), isDefault: true },
  articles: { ...get('/api/articles'), isDefault: true },
  'a new article': { ...post('/api/articles', { data: { title: 'New' } }), isDefault: true },
  'a route with a scope': { ...get('/api/credential/scoped'), isDefault: true },
  'a route without a scope': { ...get('/api/credential/without-scope'), isDefault: true },
  'a route for everyone': get('/api/credential/open'),
  'a route for API tokens': get('/api/credential/by-api-token'),
  'a route for users': get('/api/credential/by-user'),
  'a route with a strategy of its own': get('/api/credential/by-own'),
  [FAILING]: { ...get('/api/credential/change'), isDefault: true },
  GraphQL: { ...post('/graphql', { query: '{ me { username } }' }), isDefault: true },
};

/** The credentials in which Strapi finds no token to look up. */
const UNREAD = ['no credential', 'a JWT after Basic', 'a JWT before a third part'];

/** A look-up of a token among the API tokens. */
const LOOK_UP = /^select .*from \S*strapi_api_tokens\S .*where .*access_key/;

/**
 * The credentials whose session the plugin has terminated, with the reason.
 *
 * Strapi refuses them as well, without telling why. With the plugin the body and a header tell the
 * reason, so that a front end can show it. A strategy of the app that verifies the token is refused it too.
 */
const TERMINATED = {
  'a JWT of a deleted user': 'user_deleted',
  'a JWT of a blocked user': 'user_blocked',
};

/** The routes at which nobody verifies users' tokens. */
const UNVERIFIED = ['a route for everyone', 'a route for API tokens'];

const NOT_LET_IN = {
  keys: ['route'],
  user: null,
  isAuthenticated: null,
  hasSession: false,
  auth: null,
};

/**
 * The operations of a GraphQL request are known only once its server has read them. Until then the
 * request goes on as that of a visitor, and the server forbids caches to keep its answer.
 */
const VISITOR = {
  keys: ['auth', 'isAuthenticated', 'route'],
  user: null,
  isAuthenticated: true,
  hasSession: false,
  auth: {
    keys: [],
    strategy: 'users-permissions',
    credentials: null,
    areOfUser: false,
    can: [false, false],
  },
};

/** Returns what is seen with the plugin where this was seen without it. */
function intended(name, route, seen) {
  const reason = TERMINATED[name];
  if (reason === undefined || UNVERIFIED.includes(route)) return seen;
  const isGraphql = route === 'GraphQL';
  const message = 'Missing or invalid credentials';
  const error = { status: 401, name: 'UnauthorizedError', message, details: { reason } };
  return {
    ...seen,
    answer: { status: 401, body: { data: null, error } },
    headers: {
      ...seen.headers,
      ...(isGraphql && { 'cache-control': 'no-store' }),
      'x-session-terminated-reason': reason,
      'access-control-expose-headers': 'X-Session-Terminated-Reason',
    },
    state: isGraphql ? VISITOR : NOT_LET_IN,
  };
}

/** The headers that differ by the time or by the length of what differs. */
const OTHER_HEADERS = ['date', 'etag', 'content-length', 'x-response-time', 'x-state'];

describe('The plugin beside Strapi without it', () => {
  for (const mode of MODES) {
    describe(mode, () => {
      let seen;
      before(async () => {
        const env = { ...STATEMENT_LOG, GRAPHQL: 'true' };
        seen = await ServerPair.during({ mode, env, start: startRegistered }, (servers) =>
          servers.each((server) => observe(server, mode)),
        );
      });

      it('is told of an error that Strapi logs', () => {
        const { warnings } = seen.without['an API token for everything'][FAILING];
        assert.match(warnings.join(), /error: .*properties of undefined/);
      });

      for (const name of credentialsIn(mode)) describe(name, () => comparisons(name, () => seen));
    });
  }
});

function comparisons(name, seenOf) {
  const sidesOf = (route) => {
    const { without, with: withPlugin } = seenOf();
    return [intended(name, route, without[name][route]), withPlugin[name][route]];
  };
  const { status, isUsers = false } = CREDENTIALS[name];

  it('is what it is called', () => {
    assert.equal(sidesOf('articles')[0].answer.status, status);
  });

  it('is answered alike at each route', () => {
    for (const route of Object.keys(ROUTES)) {
      const [without, withPlugin] = sidesOf(route);
      assert.deepEqual(withPlugin.answer, without.answer, route);
      assert.deepEqual(withPlugin.headers, without.headers, route);
    }
  });

  it('makes the same of who asks', () => {
    for (const route of Object.keys(ROUTES)) {
      const [without, withPlugin] = sidesOf(route);
      assert.deepEqual(withPlugin.state, without.state, route);
    }
  });

  it('brings the same warnings and errors into the log', () => {
    for (const route of Object.keys(ROUTES)) {
      const [without, withPlugin] = sidesOf(route);
      assert.deepEqual(withPlugin.warnings, without.warnings, route);
    }
  });

  const lookedUp = isUsers
    ? 'is not looked up among the API tokens where Strapi asks all strategies'
    : 'is looked up among the API tokens as without the plugin';
  it(lookedUp, () => {
    const counts = Object.entries(ROUTES).map(([route, { isDefault = false }]) => {
      const [without, withPlugin] = sidesOf(route);
      const isSpared = isUsers && isDefault;
      assert.equal(withPlugin.lookUps, isSpared ? 0 : without.lookUps, route);
      return without.lookUps;
    });
    assert.equal(Math.max(...counts), UNREAD.includes(name) ? 0 : 1);
  });
}

/** Sends each credential to each route of a server; returns what was seen by both names. */
async function observe(server, mode) {
  const tokens = await makeTokens(server);
  const seen = {};
  let number = 0;
  for (const name of credentialsIn(mode)) {
    seen[name] = {};
    const headers = CREDENTIALS[name].headers(tokens);
    for (const [route, { method, path, body }] of Object.entries(ROUTES)) {
      number += 1;
      seen[name][route] = await ask(server, number, { method, path, body, headers });
    }
  }
  return seen;
}

/** Sends a request, and reads what is printed until its number is on both outputs. */
async function ask(server, number, { method, path, body, headers }) {
  const end = `[shown ${number}]\n`;
  const begin = server.log.length;
  const shown = { ...headers, 'x-show-state': String(number) };
  const answer = await server.request(method, path, { body, headers: shown });
  await until('the log ends', () => server.log.slice(begin).split(end).length === 3);
  const log = server.log.slice(begin);
  return {
    answer: maskedAnswer(answer),
    headers: headersOf(answer),
    state: maskedAnswer({ json: JSON.parse(answer.headers['x-state']) }).body,
    warnings: [...log.matchAll(/^\[[^\]]*\] ((?:warn|error): .*)$/gm)].map(([, line]) => line),
    lookUps: statementsIn(log).filter((statement) => LOOK_UP.test(statement)).length,
  };
}

function headersOf({ headers }) {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !OTHER_HEADERS.includes(name)),
  );
}

inBothModes('The token of a terminated session', (mode) => {
  let server, jwt, user, sessionId, seen;
  before(async () => {
    server = await startRegistered({ mode, env: STATEMENT_LOG });
    ({ jwt, user } = await server.users.signUp());
    [{ id: sessionId }] = await server.admin.sessionsOf(user.id);
    assertStatus(await server.admin.terminate(sessionId), 200);
    const headers = { authorization: `Bearer ${jwt}` };
    seen = await ask(server, 1, { ...get('/api/users/me'), headers });
  });
  after(() => server.dispose());

  it('is looked up among the API tokens, and refused with its reason', async () => {
    assert.equal(seen.lookUps, 1);
    assertRefused(await server.users.me(jwt), 'admin');
    assertRefused(await server.users.articles(jwt), 'admin');
  });

  it('is recorded once, also where another strategy is asked before', async () => {
    const query = `filters[sessionId]=${sessionId}&filters[what]=session.token-refused`;
    const { data } = (await server.admin.journal(query)).json;
    assert.deepEqual(
      data.map(({ why, userId }) => ({ why, userId })),
      [{ why: 'admin', userId: user.id }],
    );
    const { json: events } = await server.request('GET', '/api/observer/events');
    assert.equal(events.filter(({ name }) => name === 'session.token-refused').length, 1);
  });

  it('counts as none where visitors log in', async () => {
    const body = { identifier: user.username, password: PASSWORD };
    const login = await server.request('POST', '/api/auth/local', { body, bearer: jwt });
    assertStatus(login, 200);
    assertStatus(await server.users.me(login.json.jwt), 200);
    const own = { username: `second-${mode}`, email: `${mode}@example.test`, password: PASSWORD };
    const path = '/api/auth/local/register';
    assertStatus(await server.request('POST', path, { body: own, bearer: jwt }), 200);
  });
});
