import { PASSWORD } from '../clients/users.mjs';
import { payloadOf, sign } from '../clients/jwt.mjs';
import { hasRefreshTokens } from '../strapi/modes.mjs';
import { TEST_SECRETS } from '../strapi/test-server.mjs';
import { ADMIN } from '../clients/admin.mjs';

const bearer = (token) => ({ authorization: `Bearer ${token}` });

/**
 * Every kind of credential, by its name: the headers that carry it, and the status that a plain Strapi
 * gives it at `GET /api/articles`.
 */
export const CREDENTIALS = {
  'no credential': { headers: () => ({}), status: 403 },
  garbage: { headers: () => bearer('garbage'), status: 401 },
  'garbage in three parts': { headers: () => bearer('eyJhYm.eyJjZG.ZWY'), status: 401 },
  'a JWT with another signature': { headers: ({ live }) => bearer(resigned(live)), status: 401 },
  'a JWT without a signature': { headers: ({ live }) => bearer(unsigned(live)), status: 401 },
  'an expired JWT': { headers: ({ live }) => bearer(changed(live, expired())), status: 401 },
  'a JWT without a user': { headers: ({ live }) => bearer(changed(live, NOBODY)), status: 401 },
  'a JWT of a deleted user': { headers: ({ deleted }) => bearer(deleted), status: 401 },
  'a JWT of a blocked user': { headers: ({ blocked }) => bearer(blocked), status: 401 },
  'a JWT of an unconfirmed user': {
    headers: ({ unconfirmed }) => bearer(unconfirmed),
    status: 401,
    isUsers: true,
  },
  'a JWT of a user': { headers: ({ live }) => bearer(live), status: 200, isUsers: true },
  'a JWT after bearer in small letters': {
    headers: ({ live }) => ({ authorization: `bearer ${live}` }),
    status: 200,
    isUsers: true,
  },
  'a JWT after two spaces': {
    headers: ({ live }) => ({ authorization: `Bearer  ${live}` }),
    status: 200,
    isUsers: true,
  },
  'a JWT after Basic': {
    headers: ({ live }) => ({ authorization: `Basic ${live}` }),
    status: 403,
  },
  'a JWT before a third part': {
    headers: ({ live }) => ({ authorization: `Bearer ${live} more` }),
    status: 403,
  },
  'a refresh token': {
    headers: ({ refresh }) => bearer(refresh),
    status: 401,
    modes: hasRefreshTokens,
  },
  'a JWT of an administrator': { headers: ({ admin }) => bearer(admin), status: 401 },
  'an API token for everything': { headers: ({ api }) => bearer(api.full), status: 200 },
  'an API token for reading': { headers: ({ api }) => bearer(api.reading), status: 200 },
  'an API token for this': { headers: ({ api }) => bearer(api.right), status: 200 },
  'an API token for something else': { headers: ({ api }) => bearer(api.other), status: 403 },
  'an expired API token': { headers: ({ api }) => bearer(api.expired), status: 401 },
  'a deleted API token': { headers: ({ api }) => bearer(api.deleted), status: 401 },
};

/** The names of the credentials that there are in a JWT mode. */
export function credentialsIn(mode) {
  return Object.keys(CREDENTIALS).filter((name) => CREDENTIALS[name].modes?.(mode) ?? true);
}

/** Makes the users and tokens on a server, whose administrator is registered. */
export async function makeTokens(server) {
  const people = {};
  for (const name of ['live', 'deleted', 'blocked', 'unconfirmed'])
    people[name] = await signUp(server, name);
  const change = (name, way, data) => post(server, `/api/account/${people[name].id}/${way}`, data);
  await change('deleted', 'deleteQuery');
  await change('blocked', 'query', { blocked: true });
  await change('unconfirmed', 'query', { confirmed: false });
  await confirmAddresses(server);
  const login = await post(server, '/admin/login', {
    email: ADMIN.email,
    password: ADMIN.password,
  });
  const jwts = Object.entries(people).map(([name, { jwt }]) => [name, jwt]);
  return {
    ...Object.fromEntries(jwts),
    refresh: people.live.refreshToken,
    admin: login.data.token,
    api: await apiTokens(server),
  };
}

async function signUp(server, username) {
  const body = { username, email: `${username}@example.test`, password: PASSWORD };
  const { user, ...tokens } = await post(server, '/api/auth/local/register', body);
  return { id: user.id, ...tokens };
}

/** Demands of everyone from now on that the e-mail address is confirmed. */
async function confirmAddresses({ admin }) {
  const { json } = await admin.request('GET', '/users-permissions/advanced');
  const settings = { ...json.settings, email_confirmation: true };
  expectSuccess(await admin.request('PUT', '/users-permissions/advanced', settings));
}

async function apiTokens({ admin, database }) {
  const create = async (name, type, permissions) => {
    const body = { name, description: '', type, lifespan: null, permissions };
    return expectSuccess(await admin.request('POST', '/admin/api-tokens', body)).data;
  };
  const tokens = {
    full: await create('full', 'full-access'),
    reading: await create('reading', 'read-only'),
    right: await create('right', 'custom', ['api::article.article.find']),
    other: await create('other', 'custom', ['api::article.article.create']),
    expired: await create('expired', 'full-access'),
    deleted: await create('deleted', 'full-access'),
  };
  const past = database.client === 'sqlite' ? 1000 : "'2001-01-01'";
  database.run(`UPDATE strapi_api_tokens SET expires_at = ${past} WHERE name = 'expired'`);
  expectSuccess(await admin.request('DELETE', `/admin/api-tokens/${tokens.deleted.id}`));
  const keys = Object.entries(tokens).map(([name, { accessKey }]) => [name, accessKey]);
  return Object.fromEntries(keys);
}

async function post(server, path, body) {
  return expectSuccess(await server.request('POST', path, { body }));
}

function expectSuccess({ status, json, text }) {
  if (status < 300) return json;
  throw new Error(`expected success, got ${status}: ${text}`);
}

const NOBODY = { id: undefined, userId: undefined };

function expired() {
  const now = Math.floor(Date.now() / 1000);
  return { iat: now - 7200, exp: now - 3600 };
}

/** Signs other claims as Strapi would. */
function changed(token, claims) {
  return sign({ ...payloadOf(token), ...claims }, TEST_SECRETS.JWT_SECRET);
}

function resigned(token) {
  return sign(payloadOf(token), 'another secret');
}

function unsigned(token) {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
}
