import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { payloadOf, sign } from '../../harness/clients/jwt.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TEST_SECRETS, TestServer } from '../../harness/strapi/test-server.mjs';

const LONG_AGO = 1_500_000_000;

/** Authorization headers that are worth nothing. */
const WORTHLESS = {
  none: undefined,
  empty: 'Bearer ',
  'a word': 'Bearer nonsense',
  'three words': 'Bearer a.b.c',
  'another scheme': 'Basic dXNlcjpwYXNz',
  'a foreign signature': `Bearer ${sign({ id: 1, userId: '1', type: 'access' }, 'another secret')}`,
  'an expired token': `Bearer ${sign({ id: 1, iat: LONG_AGO, exp: LONG_AGO + 1 }, TEST_SECRETS.JWT_SECRET)}`,
  'no algorithm': `Bearer ${sign({ id: 1 }, '', { alg: 'none' })}`,
};

const REQUESTS = [
  ['POST', '/api/auth/local', { identifier: 'nobody', password: 'wrong-Password-1' }],
  ['POST', '/api/auth/refresh', { refreshToken: 'nonsense' }],
  ['GET', '/api/articles'],
  ['GET', '/api/users/me'],
  ['GET', '/api/nowhere'],
];

inBothModes('What is not a session of a user', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  const sessionCount = async () => (await server.admin.list()).json.meta.pagination.total;

  it('is answered as by a Strapi without the plugin', async () => {
    const plain = await TestServer.start({ mode, env: { MAGIC_ENABLED: 'false' } });
    try {
      for (const target of [plain, server]) assertStatus(await target.users.register(), 200);
      for (const [name, authorization] of Object.entries(WORTHLESS)) {
        for (const [method, path, body] of REQUESTS) {
          const options = { body, headers: authorization === undefined ? {} : { authorization } };
          const expected = await plain.request(method, path, options);
          const actual = await server.request(method, path, options);
          const what = `${method} ${path} with ${name}`;
          assert.equal(actual.status, expected.status, what);
          assert.equal(actual.text, expected.text, what);
          assert.equal(actual.headers['x-session-terminated-reason'], undefined, what);
        }
      }
    } finally {
      await plain.dispose();
    }
  });

  it('an API token, works and is not recorded', async () => {
    const before = await sessionCount();
    const token = await server.admin.apiToken();
    assertStatus(await server.request('GET', '/api/articles', { bearer: token }), 200);
    assert.equal(await sessionCount(), before);
  });

  it('an administrator, works and is not recorded', async () => {
    const before = await sessionCount();
    const colleague = await server.admin.colleague(`c-${mode}@example.test`, 'strapi-super-admin');
    assertStatus(await colleague.request('GET', '/admin/users/me'), 200);
    assertStatus(await colleague.list(), 200);
    assert.equal(await sessionCount(), before);
  });

  it('a forged token that names a session, leaves that session as it was', async () => {
    const { jwt, user } = await server.users.signUp();
    const [before] = await server.admin.sessionsOf(user.id);
    const forged = sign(payloadOf(jwt), 'another secret');
    assertStatus(await server.users.me(forged), 401);
    assert.deepEqual(await server.admin.sessionsOf(user.id), [before]);
    assertStatus(await server.users.me(jwt), 200);
  });

  it('a genuine token of a session nobody knows, is refused', async () => {
    const { user, jwt } = await server.users.signUp();
    const unknown = '0123456789abcdef0123456789abcdef';
    const named = mode === 'refresh' ? { sessionId: unknown } : { msm: unknown };
    const token = sign({ ...payloadOf(jwt), ...named }, TEST_SECRETS.JWT_SECRET);
    assertStatus(await server.users.me(token), 401);
    assert.equal((await server.admin.sessionsOf(user.id)).length, 1);
  });
});
