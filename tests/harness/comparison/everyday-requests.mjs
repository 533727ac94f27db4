import { ADMIN } from '../clients/admin.mjs';
import { PASSWORD } from '../clients/users.mjs';
import { hasRefreshTokens } from '../strapi/modes.mjs';

const USERNAME = 'visitor';
const EMAIL = 'visitor@example.test';
const NEW_PASSWORD = 'Correct-Horse-2';
const ARTICLES = '/api/articles';
const ME = '/api/users/me';

const get = (path, bearer) => ({ method: 'GET', path, bearer });
const post = (path, body, bearer) => ({ method: 'POST', path, body, bearer });
const login = (identifier, password) => post('/api/auth/local', { identifier, password });
const register = () =>
  post('/api/auth/local/register', { username: USERNAME, email: EMAIL, password: PASSWORD });

/**
 * The requests of people who sign in, in their order, each with the status that a plain Strapi gives.
 * `send` returns a request; it is given the tokens of the latest login, the JWT
 * mode, and `panel`, the path of the admin panel. `keeps` says that the answer holds the next tokens.
 */
const SIGNED_IN = [
  { title: 'a visitor reads a content route', send: () => get(ARTICLES), status: 403 },
  {
    title: 'a visitor registers',
    send: register,
    status: 200,
    keeps: true,
  },
  {
    title: 'the name is registered again',
    send: register,
    status: 400,
  },
  { title: 'a new user asks who it is', send: ({ jwt }) => get(ME, jwt), status: 200 },
  { title: 'a user logs in', send: () => login(USERNAME, PASSWORD), status: 200, keeps: true },
  { title: 'a user logs in by e-mail', send: () => login(EMAIL, PASSWORD), status: 200 },
  { title: 'a login has a wrong password', send: () => login(USERNAME, 'wrong'), status: 400 },
  { title: 'nobody logs in', send: () => login('nobody', PASSWORD), status: 400 },
  { title: 'a login is empty', send: () => post('/api/auth/local', {}), status: 400 },
  { title: 'a user asks who it is', send: ({ jwt }) => get(ME, jwt), status: 200 },
  {
    title: 'a user asks for its role',
    send: ({ jwt }) => get(`${ME}?populate=role`, jwt),
    status: 200,
  },
  {
    title: 'a user reads a content route',
    send: ({ jwt }) => get(ARTICLES, jwt),
    status: 200,
  },
  {
    title: 'a user writes without the permission',
    send: ({ jwt }) => post(ARTICLES, { data: {} }, jwt),
    status: 403,
  },
  { title: 'a visitor asks who it is', send: () => get(ME), status: 403 },
  { title: 'a token is garbage', send: () => get(ME, 'garbage'), status: 401 },
  {
    title: 'a token has another signature',
    send: ({ jwt }) => get(ME, `${jwt.slice(0, -8)}AAAAAAAA`),
    status: 401,
  },
  {
    title: 'a user changes the password wrongly',
    send: ({ jwt }) => post('/api/auth/change-password', passwords('wrong'), jwt),
    status: 400,
  },
  {
    title: 'a user changes the password',
    send: ({ jwt }) => post('/api/auth/change-password', passwords(PASSWORD), jwt),
    status: 200,
    keeps: true,
  },
  { title: 'a user goes on after that', send: ({ jwt }) => get(ME, jwt), status: 200 },
  { title: 'a login has the old password', send: () => login(USERNAME, PASSWORD), status: 400 },
  {
    title: 'a user logs in with the new password',
    send: () => login(USERNAME, NEW_PASSWORD),
    status: 200,
    keeps: true,
  },
  {
    title: 'a token is refreshed',
    send: ({ refreshToken }) => post('/api/auth/refresh', { refreshToken }),
    status: (mode) => (hasRefreshTokens(mode) ? 200 : 404),
    keeps: true,
  },
  {
    title: 'a refresh token is garbage',
    send: () => post('/api/auth/refresh', { refreshToken: 'garbage' }),
    status: (mode) => (hasRefreshTokens(mode) ? 401 : 404),
  },
  { title: 'a user goes on after a refresh', send: ({ jwt }) => get(ME, jwt), status: 200 },
  {
    title: 'a password is forgotten by nobody',
    send: () => post('/api/auth/forgot-password', { email: 'nobody@example.test' }),
    status: 200,
  },
  {
    title: 'a password is reset by a wrong code',
    send: () => {
      const fresh = { password: PASSWORD, passwordConfirmation: PASSWORD };
      return post('/api/auth/reset-password', { code: 'wrong', ...fresh });
    },
    status: 400,
  },
];

/** The last requests: a user leaves, and others come who have no session. */
const LEAVING = [
  {
    title: 'a user logs out',
    send: ({ jwt }) => post('/api/auth/logout', {}, jwt),
    status: (mode) => (hasRefreshTokens(mode) ? 200 : 404),
  },
  {
    title: 'an administrator logs in',
    send: () => post('/admin/login', { email: ADMIN.email, password: ADMIN.password }),
    status: 200,
  },
  {
    title: 'an administrator logs in wrongly',
    send: () => post('/admin/login', { email: ADMIN.email, password: 'wrong' }),
    status: 400,
  },
  { title: 'the admin panel is opened', send: ({ panel }) => get(panel), status: 200 },
  { title: 'a browser asks for the icon', send: () => get('/favicon.ico'), status: 200 },
  { title: 'a page does not exist', send: () => get('/api/nowhere'), status: 404 },
];

/**
 * Returns the requests of an app, with the status that a plain Strapi gives in a JWT mode; `more` are
 * requests of the app's own, in the same form.
 */
export function everydayRequests(mode, more = []) {
  return [...SIGNED_IN, ...more, ...LEAVING].map(({ status, ...request }) => ({
    ...request,
    status: typeof status === 'function' ? status(mode) : status,
  }));
}

/** Sends requests to a server, whose administrator is registered, and returns the answers by title. */
export async function answersOf(server, requests, { api = '/api', panel = '/admin' } = {}) {
  const answers = {};
  let tokens = {};
  for (const { title, send, keeps } of requests) {
    const { method, path, body, bearer } = send({ ...tokens, panel });
    const at = path.replace(/^\/api(?=\/)/, api);
    const answer = await server.request(method, at, { body, bearer });
    if (keeps && answer.status === 200) tokens = { ...tokens, ...answer.json };
    answers[title] = answer;
  }
  return answers;
}

function passwords(currentPassword) {
  return { currentPassword, password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD };
}
