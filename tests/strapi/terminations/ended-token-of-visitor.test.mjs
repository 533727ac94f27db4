import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const PREFIX = '/content/v2';
const ARTICLES = 'api::article.article.find';
const SENT_CONFIRMATION = { email: 'nobody@example.test' };

let counter = 0;

/** The public routes of users-permissions with a request that each accepts or refuses by itself. */
function publicRequests(refreshToken) {
  counter += 1;
  const email = `visitor${counter}@example.test`;
  const code = { code: 'wrong', password: PASSWORD, passwordConfirmation: PASSWORD };
  return [
    ['POST', '/auth/local', { identifier: 'nobody', password: PASSWORD }],
    ['POST', '/auth/local/', { identifier: 'nobody', password: PASSWORD }],
    ['POST', '/AUTH/Local', { identifier: 'nobody', password: PASSWORD }],
    ['POST', '/auth/local/register', { username: email, email, password: PASSWORD }],
    ['POST', '/auth/forgot-password', { email: 'nobody@example.test' }],
    ['POST', '/auth/reset-password', code],
    ['POST', '/auth/refresh', { refreshToken }],
    ['GET', '/auth/email-confirmation?confirmation=wrong'],
    ['HEAD', '/auth/email-confirmation?confirmation=wrong'],
    ['POST', '/auth/send-email-confirmation', SENT_CONFIRMATION],
    ['GET', '/connect/nowhere'],
    ['GET', '/auth/nowhere/callback'],
  ];
}

inBothModes('A visitor with the token of a terminated session', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode, env: { API_PREFIX: PREFIX, GRAPHQL: 'true' } });
    await server.admin.register();
    await server.admin.permit(await server.admin.publicRole(), ARTICLES);
  });
  after(() => server.dispose());

  const api = (method, path, options) => server.request(method, `${PREFIX}${path}`, options);

  async function signUp() {
    counter += 1;
    const username = `person${counter}`;
    const body = { username, email: `${username}@example.test`, password: PASSWORD };
    const answer = await api('POST', '/auth/local/register', { body });
    assertStatus(answer, 200);
    return { username, ...answer.json };
  }

  /** Signs a user up and terminates the session. */
  async function ended() {
    const login = await signUp();
    await server.admin.terminateAll(login.user.id);
    return login;
  }

  it('gets from every public route of users-permissions the answer of a visitor without one', async () => {
    const { jwt } = await ended();
    const refreshToken = () =>
      hasRefreshTokens(mode) ? signUp().then((login) => login.refreshToken) : 'none';
    const without = publicRequests(await refreshToken());
    const withToken = publicRequests(await refreshToken());
    for (const [index, [method, path, body]] of without.entries()) {
      const [, , sameBody] = withToken[index];
      const plain = await api(method, path, { body });
      const answer = await api(method, path, { body: sameBody, bearer: jwt });
      assert.equal(answer.status, plain.status, `${method} ${path}: ${answer.text}`);
      assert.equal(answer.json?.error?.message, plain.json?.error?.message, path);
      assert.equal(answer.headers['x-session-terminated-reason'], undefined, path);
    }
  });

  it('logs in, registers, resets the password and refreshes', async () => {
    const { jwt, username, user } = await ended();
    const credentials = { identifier: username, password: PASSWORD };
    const login = await api('POST', '/auth/local', { bearer: jwt, body: credentials });
    assertStatus(login, 200);
    assertStatus(await api('GET', '/users/me', { bearer: login.json.jwt }), 200);
    const code = `code-of-${username}`;
    await api('POST', `/account/${user.id}/resetCode`, { body: { code } });
    const changed = { code, password: 'Better-Horse-2', passwordConfirmation: 'Better-Horse-2' };
    const reset = await api('POST', '/auth/reset-password', { bearer: jwt, body: changed });
    assertStatus(reset, 200);
    assertStatus(await api('GET', '/users/me', { bearer: reset.json.jwt }), 200);
    if (!hasRefreshTokens(mode)) return;
    const { refreshToken } = reset.json;
    const refreshed = await api('POST', '/auth/refresh', { bearer: jwt, body: { refreshToken } });
    assertStatus(refreshed, 200);
    assertStatus(await api('GET', '/users/me', { bearer: refreshed.json.jwt }), 200);
  });

  for (const [what, change] of [
    ['whose password another program changed', "password = 'another hash'"],
    ['whom another program blocked', 'blocked = true'],
  ]) {
    it(`logs in with the first use of a token of a user ${what}`, async () => {
      const [{ username }, other] = [await signUp(), await signUp()];
      server.database.run(`update up_users set ${change} where id = ${other.user.id}`);
      const body = { identifier: username, password: PASSWORD };
      assertStatus(await api('POST', '/auth/local', { bearer: other.jwt, body }), 200);
    });
  }

  it('logs in with the first use of a token of a user whom another program deleted', async () => {
    const [{ username }, other] = [await signUp(), await signUp()];
    server.database.run(`delete from up_users where id = ${other.user.id}`);
    const body = { identifier: username, password: PASSWORD };
    assertStatus(await api('POST', '/auth/local', { bearer: other.jwt, body }), 200);
  });

  it('is refused with the reason everywhere else, also where visitors may read', async () => {
    const { jwt } = await ended();
    assertStatus(await api('GET', '/articles'), 200);
    for (const [method, path] of [
      ['GET', '/articles'],
      ['GET', '/ARTICLES/'],
      ['GET', '/articles?x=/auth/local'],
      ['GET', '/users/me'],
      ['POST', '/auth/change-password'],
      ['POST', '/auth/logout'],
      ['GET', '/auth/sessions'],
    ]) {
      assertRefused(await api(method, path, { bearer: jwt }), 'admin');
    }
    const head = await api('HEAD', '/articles', { bearer: jwt });
    assertStatus(head, 401);
    assert.equal(head.headers['x-session-terminated-reason'], 'admin');
    const preflight = await api('OPTIONS', '/articles', {
      headers: { origin: 'https://a.test', 'access-control-request-method': 'GET' },
    });
    assertStatus(preflight, 204);
  });

  it('leaves no use of a refused token in the journal by a login', async () => {
    const { jwt, username, user } = await ended();
    const body = { identifier: username, password: PASSWORD };
    assertStatus(await api('POST', '/auth/local', { bearer: jwt, body }), 200);
    const refused = 'filters[what]=session.token-refused';
    const query = `filters[userId]=${user.id}&${refused}`;
    const uses = async () => (await server.admin.journal(query)).json.data.length;
    assert.equal(await uses(), 0);
    assertRefused(await api('GET', '/articles', { bearer: jwt }), 'admin');
    assert.equal(await uses(), 1);
  });

  it('is refused as in plain Strapi with a token that is invalid', async () => {
    const { jwt, username } = await ended();
    const forged = `${jwt.slice(0, -6)}AAAAAA`;
    const body = { identifier: username, password: PASSWORD };
    for (const bearer of [forged, 'no-token']) {
      const answer = await api('POST', '/auth/local', { bearer, body });
      assertStatus(answer, 401);
      assert.equal(answer.headers['x-session-terminated-reason'], undefined);
    }
  });

  describe('by GraphQL', () => {
    const ask = (query, bearer, more = {}) =>
      server.request('POST', '/graphql', { body: { query, ...more }, ...(bearer && { bearer }) });
    const logIn = (username) =>
      `login(input: { identifier: "${username}", password: "${PASSWORD}" }) { jwt }`;

    it('logs in, registers, and asks for a mail', async () => {
      const { jwt, username, user } = await ended();
      const login = await ask(`mutation { ${logIn(username)} }`, jwt);
      assertStatus(login, 200);
      const issued = login.json.data.login.jwt;
      assert.equal((await ask('{ me { username } }', issued)).json.data.me.username, username);
      counter += 1;
      const input = `{ username: "gql${counter}", email: "gql${counter}@example.test", password: "${PASSWORD}" }`;
      const register = await ask(`mutation { register(input: ${input}) { jwt } }`, jwt);
      assert.equal(typeof register.json.data.register.jwt, 'string', register.text);
      const forgot = await ask('mutation { forgotPassword(email: "nobody@x.test") { ok } }', jwt);
      assert.deepEqual(forgot.json.data, { forgotPassword: { ok: true } });
      const code = `graphql-${username}`;
      await api('POST', `/account/${user.id}/resetCode`, { body: { code } });
      const change = `password: "${PASSWORD}", passwordConfirmation: "${PASSWORD}", code: "${code}"`;
      const reset = await ask(`mutation { resetPassword(${change}) { jwt } }`, jwt);
      assert.equal(typeof reset.json.data.resetPassword.jwt, 'string', reset.text);
    });

    it('logs in by a fragment, an alias and a chosen operation', async () => {
      const { jwt, username } = await ended();
      const document = `query Other { articles { documentId } }
        mutation Login { __typename ...Enter } fragment Enter on Mutation { me: ${logIn(username)} }`;
      const answer = await ask(document, jwt, { operationName: 'Login' });
      assertStatus(answer, 200);
      assert.equal(typeof answer.json.data.me.jwt, 'string', answer.text);
      assertRefused(await ask(document, jwt, { operationName: 'Other' }), 'admin');
    });

    it('is refused with the reason for everything else', async () => {
      const { jwt, username } = await ended();
      assertStatus(await ask('{ articles { documentId } }'), 200);
      const sessionsOf = async () => (await server.admin.list(`_q=${username}`)).json.data.length;
      const before = await sessionsOf();
      for (const query of [
        '{ articles { documentId } }',
        '{ me { username } }',
        '{ __typename }',
        `mutation { ${logIn(username)} changePassword(currentPassword: "a", password: "b", passwordConfirmation: "b") { jwt } }`,
        'no query at all',
      ]) {
        assertRefused(await ask(query, jwt), 'admin');
      }
      const byUrl = `/graphql?query=${encodeURIComponent('{ articles { documentId } }')}`;
      assertRefused(await server.request('GET', byUrl, { bearer: jwt }), 'admin');
      assert.equal(await sessionsOf(), before, 'no part of a refused operation ran');
    });
  });
});
