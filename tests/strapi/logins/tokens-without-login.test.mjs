import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { payloadOf } from '../../harness/clients/jwt.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';
import { pause } from '../../harness/process/until.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

/** The ways in which the app issues tokens that are no logins. */
const WAYS = ['invoice', 'link', 'timer', 'welcome'];

inBothModes('A token that is no login', (mode) => {
  let server;
  before(async () => {
    const config = { maxSessionsPerUser: 1 };
    server = await TestServer.start({ mode, config, env: { TEST_WELCOME: 'true' } });
    await server.admin.register();
  });
  after(() => server.dispose());

  const issue = async (way, { id }) => {
    const answer = await server.request('POST', `/api/issuer/${id}/${way}`);
    assertStatus(answer, 200);
    return answer.json.jwt;
  };
  const sessionsOf = ({ id }) => server.admin.sessionsOf(id);
  const rowsOf = ({ id }) =>
    server.database.rows('SELECT * FROM magic_sessionmanager_sessions WHERE user_id = ?', [id]);
  const newestOf = (user) => rowsOf(user).at(-1).session_id;

  for (const way of WAYS) {
    it(`(${way}) is listed and counted from its first use on`, async () => {
      const { user, jwt } = await server.users.signUp();
      const token = await issue(way, user);
      assertStatus(await server.users.me(jwt), 200);
      assert.equal((await sessionsOf(user)).length, 1);
      assert.equal((await server.users.sessions(jwt)).length, 1);

      assertStatus(await server.users.me(token), 200);
      const [session, evicted, ...others] = await sessionsOf(user);
      assert.equal(session.state, 'active');
      assert.equal(evicted.reason, 'session_limit');
      assert.equal(others.length, 0);
      assertRefused(await server.users.me(jwt), 'session_limit');
      assert.equal((await server.users.currentSession(token)).id, session.id);
    });

    it(`(${way}) ends with all sessions of its user`, async () => {
      const { user } = await server.users.signUp();
      const token = await issue(way, user);
      assertStatus(await server.admin.terminateAll(user.id), 200);
      for (let time = 0; time < 2; time += 1) {
        assertRefused(await server.users.me(token), 'admin');
      }
      assert.equal((await sessionsOf(user)).length, 1);
    });
  }

  it('begins one session by many uses at once', async () => {
    const { user } = await server.users.signUp();
    const token = await issue('invoice', user);
    const uses = Array.from({ length: 8 }, () => server.users.me(token));
    for (const answer of await Promise.all(uses)) assertStatus(answer, 200);
    const live = (await sessionsOf(user)).filter(({ state }) => state === 'active');
    assert.equal(live.length, 1);
  });

  it('is terminated by an administrator before its first use', async () => {
    const { user } = await server.users.signUp();
    const token = await issue('invoice', user);
    const id = newestOf(user);
    const { json } = await server.admin.terminate(id);
    assert.equal(json.data?.state, 'terminated');
    assertRefused(await server.users.me(token), 'admin');
  });

  it('stays terminated, however its first use and its termination meet', async () => {
    const { user } = await server.users.signUp();
    for (let time = 0; time < 20; time += 1) {
      const token = await issue('invoice', user);
      const id = newestOf(user);
      const terminated = server.admin.terminate(id);
      const uses = Array.from({ length: 8 }, async (_, turn) => {
        await pause(turn);
        await server.users.me(token);
      });
      await Promise.all(uses);
      assertStatus(await terminated, 200);
      assertStatus(await server.users.me(token), 401);
    }
  });

  it('ends with another password', async () => {
    const { user, jwt } = await server.users.signUp();
    const token = await issue('link', user);
    const changed = await server.request('POST', '/api/auth/change-password', {
      bearer: jwt,
      body: {
        currentPassword: PASSWORD,
        password: 'Correct-Horse-2',
        passwordConfirmation: 'Correct-Horse-2',
      },
    });
    assertStatus(changed, 200);
    // In refresh mode Strapi also logs the user out everywhere.
    const reason = mode === 'refresh' ? 'logout_all' : 'password_changed';
    assertRefused(await server.users.me(token), reason);
    assertStatus(await server.users.me(changed.json.jwt), 200);
  });

  it('of a blocked user is refused and evicts no session', async () => {
    const { user } = await server.users.signUp();
    const token = await issue('link', user);
    server.database.run(`UPDATE up_users SET blocked = true WHERE id = ${user.id}`);
    assertStatus(await server.users.me(token), 401);
    assert.equal((await sessionsOf(user)).length, 1);
  });

  it('is forgotten once it has expired', async () => {
    const [{ user }, other] = [await server.users.signUp(), await server.users.signUp()];
    for (const one of [user, other.user]) await issue('link', one);
    server.database
      .run(`UPDATE magic_sessionmanager_sessions SET expires_at_ms = 1 WHERE user_id = ${user.id}
      AND state = 'provisional'`);
    await server.admin.cleanUp();
    assert.equal(rowsOf(user).length, 1);
    assert.equal(rowsOf(other.user).length, 3);
  });

  for (const [claim, way] of [
    ['msm', 'sessionless'],
    ['sid', 'sessionlessBySid'],
  ]) {
    it(`leaves no row with ${claim}: false, and has no such claim`, async () => {
      const { user } = await server.users.signUp();
      const before = rowsOf(user).length;
      const { msm, sid } = payloadOf(await issue(way, user));
      assert.equal(rowsOf(user).length, before);
      assert.deepEqual([msm, sid], [undefined, undefined]);
    });
  }

  it('is told from a login with the user id alone, and from a magic link', async () => {
    const { user } = await server.users.signUp();
    await issue('plain', user);
    assert.equal((await sessionsOf(user))[0].method, 'api');
    assertStatus(await server.request('GET', `/api/magic-link/login/${user.id}`), 200);
    assert.equal((await sessionsOf(user))[0].method, 'magic-link');
  });
});
