import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { payloadOf, sign } from '../../harness/clients/jwt.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TEST_SECRETS, TestServer } from '../../harness/strapi/test-server.mjs';

const HOUR_S = 3600;

inBothModes('A token that another plugin issues', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('is a session like any other', async () => {
    const { user } = await server.users.signUp();
    const answer = await server.request('POST', `/api/issuer/${user.id}`);
    assertStatus(answer, 200);
    const { jwt } = answer.json;
    assertStatus(await server.users.me(jwt), 200);

    const [session, first, ...others] = await server.admin.sessionsOf(user.id);
    assert.equal(others.length, 0);
    assert.notEqual(session.id, first.id);
    assertStatus(await server.admin.terminate(session.id), 200);
    assertRefused(await server.users.me(jwt), 'admin');
  });

  // In refresh mode Strapi itself drops them.
  if (mode === 'legacy-support') {
    it('keeps the claims that the other plugin gave it', async () => {
      const { user } = await server.users.signUp();
      const { jwt } = (await server.request('POST', `/api/issuer/${user.id}`)).json;
      const { context, sid } = payloadOf(jwt);
      assert.equal(context, 'issuer');
      const [session] = await server.admin.sessionsOf(user.id);
      assert.equal(sid, session.id);
    });
  }
});

describe('A token that another program signed with the secret of users-permissions', () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'legacy-support' });
    await server.admin.register();
  });
  after(() => server.dispose());

  const nowSeconds = () => Math.floor(Date.now() / 1000);
  const signed = (claims) =>
    sign({ exp: nowSeconds() + HOUR_S, ...claims }, TEST_SECRETS.JWT_SECRET);
  /** The newest session of a user; the first one is that of the registration. */
  const newest = async ({ id }) => (await server.admin.sessionsOf(id))[0];

  it('is adopted without a session id, and is as old as it says', async () => {
    const { user } = await server.users.signUp();
    const iat = nowSeconds() - HOUR_S;
    const token = signed({ id: user.id, iat });
    assertStatus(await server.users.me(token), 200);
    const sessions = await server.admin.sessionsOf(user.id);
    const adopted = sessions.find(({ method }) => method === 'adopted');
    assert.equal(Date.parse(adopted.loggedInAt), iat * 1000);
  });

  it('is adopted with a session id that is a number, as if it had none', async () => {
    const { user } = await server.users.signUp();
    const token = signed({ id: user.id, iat: nowSeconds(), sid: 7 });
    assertStatus(await server.users.me(token), 200);
    assert.notEqual((await newest(user)).id, '7');
  });

  it('is refused with a session id that is not known', async () => {
    const { user } = await server.users.signUp();
    const token = signed({ id: user.id, iat: nowSeconds(), sid: 'f'.repeat(32) });
    assertRefused(await server.users.me(token), 'unknown');
  });

  it('does not escape a termination of all sessions by a time to come, or by one before all times', async () => {
    const { user } = await server.users.signUp();
    for (const iat of [nowSeconds() + HOUR_S, -5]) {
      const claims = { id: user.id, iat, exp: nowSeconds() + 2 * HOUR_S };
      const [seen, unseen] = [signed({ ...claims, n: 1 }), signed({ ...claims, n: 2 })];
      const other = (await server.users.signUp()).user;
      assertStatus(await server.users.me(signed({ ...claims, id: other.id })), 200);
      if (iat > 0) assertStatus(await server.users.me(seen), 200);
      assertStatus(await server.admin.terminateAll(user.id), 200);
      for (const token of [seen, unseen]) assertStatus(await server.users.me(token), 401);
    }
  });

  it('may have times that are no whole seconds, and expire in any future', async () => {
    const { user } = await server.users.signUp();
    for (const exp of [nowSeconds() + 60.5, 1e15, Number.MAX_VALUE]) {
      const token = signed({ id: user.id, iat: nowSeconds() - 0.123_456_7, exp });
      assertStatus(await server.users.me(token), 200);
    }
  });

  it('does not escape a termination of all sessions by having no time of its issue', async () => {
    const { user } = await server.users.signUp();
    const [seen, unseen] = [signed({ id: user.id, n: 1 }), signed({ id: user.id, n: 2 })];
    assertStatus(await server.users.me(seen), 200);
    assertStatus(await server.request('POST', '/api/account/0/endBefore'), 200);
    assertRefused(await server.users.me(seen), 'admin');
    assertRefused(await server.users.me(unseen), 'unknown');
  });
});
