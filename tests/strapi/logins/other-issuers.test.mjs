import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { payloadOf, sign } from '../../harness/clients/jwt.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TEST_SECRETS, TestServer } from '../../harness/strapi/test-server.mjs';

const HOUR_S = 3600;

/** Claims that an app uses itself; the last ones look like those of the plugin. */
const OWN_CLAIMS = [
  { sid: 'a session of the app' },
  { sid: 'e'.repeat(32) },
  { msm: 'of the app', sid: 'of the app' },
  { msm: 'd'.repeat(32) },
];

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
      const { context, msm } = payloadOf(jwt);
      assert.equal(context, 'issuer');
      // A token with claims begins its session at its first use.
      assertStatus(await server.users.me(jwt), 200);
      const [session] = await server.admin.sessionsOf(user.id);
      assert.equal(msm, session.id);
    });

    for (const claims of OWN_CLAIMS) {
      it(`keeps its own claims ${JSON.stringify(claims)}, and has a session all the same`, async () => {
        const { user } = await server.users.signUp();
        const issue = () =>
          server.request('POST', `/api/issuer/${user.id}/claims`, { body: claims });
        const { jwt } = (await issue()).json;
        for (const [name, value] of Object.entries(claims))
          assert.equal(payloadOf(jwt)[name], value);
        assertStatus(await server.users.me(jwt), 200);
        const { id } = await server.users.currentSession(jwt);
        const [newest, ...earlier] = await server.admin.sessionsOf(user.id);
        assert.equal(newest.id, id);
        assert.equal(newest.method, 'api');
        assert.equal(earlier.length, 1);
        // A token of the same second belongs to another session.
        const other = (await issue()).json.jwt;
        assertStatus(await server.admin.terminate(id), 200);
        assertRefused(await server.users.me(jwt), 'admin');
        assertStatus(await server.users.me(other), 200);
      });
    }
  }
});

describe("A session that an app gives Strapi's session manager for no user", () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
  });
  after(() => server.dispose());

  const life = (owner) => server.request('POST', '/api/issuer/0/life', { body: { owner } });

  it('is left to Strapi, whatever its owner looks like', async () => {
    for (let n = 0; n < 16; n += 1) await server.users.signUp();
    const before = server.database.rows(
      'SELECT session_id, user_id, state FROM magic_sessionmanager_sessions',
    );
    for (const owner of ['test-user-123', '1e3', '0x10', ' 7', '7.0', '-1', '00']) {
      const answer = await life(owner);
      assertStatus(answer, 200);
      assert.deepEqual(answer.json, { access: true, rotated: true, owner, late: false });
    }
    const after = server.database.rows(
      'SELECT session_id, user_id, state FROM magic_sessionmanager_sessions',
    );
    assert.deepEqual(after, before);
  });

  it('is recorded for a user, whose id is a text there', async () => {
    const { user } = await server.users.signUp();
    const answer = await life(String(user.id));
    const owner = String(user.id);
    assert.deepEqual(answer.json, { access: true, rotated: true, owner, late: false });
    const [session] = await server.admin.sessionsOf(user.id);
    assert.equal(session.method, 'api');
    assert.equal(session.reason, 'logout_all');
  });
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

  it('is adopted with a session id of another form, as if it had none', async () => {
    const { user, jwt } = await server.users.signUp();
    const { id } = await server.users.currentSession(jwt);
    for (const sid of ['a session of the program', id.toUpperCase(), `${id}\n`, [id]]) {
      const token = signed({ id: user.id, iat: nowSeconds(), sid });
      assertStatus(await server.users.me(token), 200);
      assert.notEqual((await server.users.currentSession(token)).id, id);
    }
  });

  it('belongs to the session that it names, by the claim of today or of before', async () => {
    const { user, jwt } = await server.users.signUp();
    const { id } = await server.users.currentSession(jwt);
    const claims = { id: user.id, iat: nowSeconds() };
    const tokens = [signed({ ...claims, msm: id }), signed({ ...claims, sid: id })];
    for (const token of tokens) assert.equal((await server.users.currentSession(token)).id, id);
    assertStatus(await server.admin.terminate(id), 200);
    for (const token of tokens) assertRefused(await server.users.me(token), 'admin');
  });

  it('is refused with a session of another user', async () => {
    const { jwt } = await server.users.signUp();
    const { id } = await server.users.currentSession(jwt);
    const { user } = await server.users.signUp();
    for (const name of ['msm', 'sid']) {
      const token = signed({ id: user.id, iat: nowSeconds(), [name]: id });
      assertRefused(await server.users.me(token), 'unknown');
    }
    assertStatus(await server.users.me(jwt), 200);
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
