import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const DAY_MS = 86_400_000;
const ROUNDS = 4;
const AT_ONCE = 6;

inBothModes('A terminated session', (mode) => {
  let server;
  const earlier = [];
  before(async () => {
    server = await TestServer.start({ mode, env: { MAGIC_ENABLED: 'false' } });
    await server.admin.register();
    for (let user = 0; user < 2; user += 1) earlier.push(await server.users.signUp());
    const config = { lastSeenRateLimit: 0, absoluteTimeout: DAY_MS, terminatedRetentionDays: 1 };
    await server.restart({ MAGIC_ENABLED: 'true', MAGIC_CONFIG: JSON.stringify(config) });
  });
  after(() => server.dispose());

  async function assertDead({ jwt, refreshToken }) {
    const answer = await server.users.me(jwt);
    assertStatus(answer, 401);
    if (!hasRefreshTokens(mode)) return;
    const refresh = await server.users.tryRefresh(refreshToken);
    assertStatus(refresh, 401);
    assertNoToken(refresh);
  }

  const age = (id, ms) =>
    server.database.run(
      `UPDATE magic_sessionmanager_sessions SET logged_in_at_ms = logged_in_at_ms - ${ms},
         last_seen_at_ms = last_seen_at_ms - ${ms}, terminated_at_ms = terminated_at_ms - ${ms}
       WHERE session_id = '${id}'`,
    );

  const rowsOf = ({ user }) =>
    server.database.rows('SELECT * FROM magic_sessionmanager_sessions WHERE user_id = ?', user.id);

  it('stays terminated when retention deletes its row', async () => {
    const login = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(login.user.id);
    const pairs = [login];
    if (hasRefreshTokens(mode)) pairs.push(await server.users.refresh(login.refreshToken));
    await server.admin.terminate(id);
    age(id, 2 * DAY_MS);
    await server.admin.cleanUp();
    assert.deepEqual(rowsOf(login), []);
    for (const pair of pairs) await assertDead(pair);
    await server.restart();
    for (const pair of pairs) await assertDead(pair);
    assert.deepEqual(rowsOf(login), []);
    const rotations = server.database.rows(
      'SELECT * FROM magic_sessionmanager_rotations WHERE session_id = ?',
      id,
    );
    assert.deepEqual(rotations, []);
  });

  it('stays terminated when it expired without a request and its row is deleted', async () => {
    const login = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(login.user.id);
    const pairs = [login];
    if (hasRefreshTokens(mode)) pairs.push(await server.users.refresh(login.refreshToken));
    age(id, 2 * DAY_MS);
    await server.admin.cleanUp();
    const [session] = await server.admin.sessionsOf(login.user.id);
    assert.equal(session.reason, 'expired');
    age(id, 2 * DAY_MS);
    await server.admin.cleanUp();
    await server.restart();
    assert.deepEqual(rowsOf(login), []);
    for (const pair of pairs) await assertDead(pair);
  });

  it('stays terminated when its row is deleted by hand', async () => {
    const login = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(login.user.id);
    await server.admin.terminate(id);
    server.database.run(`DELETE FROM magic_sessionmanager_sessions WHERE session_id = '${id}'`);
    await assertDead(login);
    await server.restart();
    await assertDead(login);
    assert.deepEqual(rowsOf(login), []);
  });

  it('stays terminated when it was adopted, by hand as by retention', async () => {
    for (const [login, remove] of [
      [earlier[0], 'purge'],
      [earlier[1], 'hand'],
    ]) {
      assertStatus(await server.users.me(login.jwt), 200);
      const [{ id, method }] = await server.admin.sessionsOf(login.user.id);
      assert.equal(method, 'adopted');
      await server.admin.terminate(id);
      age(id, 2 * DAY_MS);
      await server.admin.cleanUp();
      if (remove === 'hand') {
        server.database.run(`DELETE FROM magic_sessionmanager_sessions WHERE session_id = '${id}'`);
      }
      await server.restart();
      await assertDead(login);
      await server.admin.cleanUp();
      await assertDead(login);
    }
  });

  it('is not brought back by requests and jobs that were under way', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const login = await server.users.signUp();
      const { id } = await server.users.currentSession(login.jwt);
      const burst = () => Array.from({ length: AT_ONCE }, () => server.users.me(login.jwt));
      const refreshing = hasRefreshTokens(mode)
        ? Array.from({ length: AT_ONCE }, () => server.users.tryRefresh(login.refreshToken))
        : [];
      const early = [...burst(), ...refreshing];
      const [terminated] = await Promise.all([
        server.admin.terminate(id),
        server.admin.cleanUp(),
        ...burst(),
      ]);
      assertStatus(terminated, 200);
      const answers = await Promise.all(early);
      await server.admin.cleanUp();
      assertRefused(await server.users.me(login.jwt), 'admin');
      for (const { json } of answers.filter(({ json }) => json?.refreshToken)) {
        await assertDead(json);
      }
      await assertDead(login);
      const rows = rowsOf(login);
      assert.deepEqual(
        rows.map(({ state, reason }) => [state, reason]),
        [['terminated', 'admin']],
      );
    }
  });

  it('takes the logins under way with an old password along', async () => {
    let overtaken = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { username, json } = await server.users.register();
      // Comparing a password takes long, so that the change overtakes most of these.
      const logins = Array.from({ length: AT_ONCE }, () => server.users.tryLogin(username));
      const change = await server.request('POST', `/api/account/${json.user.id}/query`, {
        body: { password: 'no hash of any password' },
      });
      assertStatus(change, 200);
      for (const answer of await Promise.all(logins)) {
        if (answer.status === 200) {
          overtaken += 1;
          assertRefused(await server.users.me(answer.json.jwt), 'password_changed');
        } else assertStatus(answer, 400);
      }
      assertRefused(await server.users.me(json.jwt), 'password_changed');
    }
    assert.ok(overtaken > 0, 'no login was under way');
  });
});
