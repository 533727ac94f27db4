import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

/** An app whose tokens come in a cookie; Strapi looks a bearer token up among its API tokens all the same. */
describe('A request with a token in a cookie and another one as its bearer', () => {
  let server;
  let owner;
  let other;
  before(async () => {
    const env = { REPLACE_FUNCTIONS: 'tokens are read from a cookie' };
    server = await TestServer.start({ env });
    await server.admin.register();
    owner = await server.users.signUp();
    other = await server.users.signUp();
  });
  after(() => server.dispose());

  const send = (method, path, { cookie, bearer }) =>
    server.request(method, path, { bearer, headers: { cookie: `token=${cookie}` } });
  const own = (method, path, tokens) => send(method, `/api/magic-sessionmanager${path}`, tokens);

  it('is that of the session in the cookie, whatever the bearer is', async () => {
    const second = await server.users.login(owner.user.username);
    for (const bearer of [undefined, owner.jwt, second.jwt, other.jwt, 'eyJhIjox.eyJi.c']) {
      const tokens = { cookie: second.jwt, bearer };
      const me = await send('GET', '/api/users/me', tokens);
      assertStatus(me, 200);
      assert.equal(me.json.id, owner.user.id);
      const { json } = await own('GET', '/current-session', tokens);
      const [newest] = await server.admin.sessionsOf(owner.user.id);
      assert.equal(json.data.sessionId, newest.sessionId);
    }
  });

  it('logs out the session in the cookie', async () => {
    const { jwt } = await server.users.login(owner.user.username);
    const tokens = { cookie: jwt, bearer: other.jwt };
    assertStatus(await send('GET', '/api/users/me', tokens), 200);
    assertStatus(await own('POST', '/logout', tokens), 200);
    assertRefused(await send('GET', '/api/users/me', tokens), 'logout');
    assertStatus(await send('GET', '/api/users/me', { cookie: other.jwt }), 200);
  });

  it('is let in where the bearer alone is of a terminated session', async () => {
    const { jwt } = await server.users.login(owner.user.username);
    assertStatus(await own('POST', '/logout', { cookie: jwt }), 200);
    assertStatus(await send('GET', '/api/users/me', { cookie: owner.jwt, bearer: jwt }), 200);
  });
});
