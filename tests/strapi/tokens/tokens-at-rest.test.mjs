import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertHoldsNone, assertNoToken } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TEST_KEY, TestServer } from '../../harness/strapi/test-server.mjs';

inBothModes('Tokens at rest', (mode) => {
  let server;
  const tokens = [];

  before(async () => {
    server = await TestServer.start({ mode, config: { encryptionKey: TEST_KEY } });
    await server.admin.register();
    for (let user = 0; user < 5; user += 1) {
      const { username, json } = await server.users.register();
      const login = await server.users.login(username);
      tokens.push(json.jwt, json.refreshToken, login.jwt, login.refreshToken);
    }
  });
  after(() => server.dispose());

  const issued = () => tokens.filter((token) => token !== undefined);

  it('cannot be found in any byte of the database', () => {
    const bytes = server.database.bytes();
    assert.ok(bytes.length > 100_000, 'the whole database was read');
    assert.ok(
      bytes.includes('magic_sessionmanager_sessions'),
      'it is the database of the sessions',
    );
    assertHoldsNone(bytes, issued());
  });

  it('are only the refresh tokens, sealed differently for every session', () => {
    const rows = server.database.rows('SELECT * FROM magic_sessionmanager_sessions');
    assert.ok(rows.every((row) => !('access_token' in row)));
    const sealed = rows.map((row) => row.refresh_token).filter(Boolean);
    assert.equal(sealed.length, hasRefreshTokens(mode) ? rows.length : 0);
    assert.equal(new Set(sealed).size, sealed.length);
    for (const envelope of sealed) assert.match(envelope, /^v1\.[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it('never leave through the admin API', async () => {
    const list = await server.admin.list('pagination[pageSize]=100');
    const { id, user } = list.json.data[0];
    const answers = [
      list,
      await server.admin.session(id),
      await server.admin.request('GET', `/magic-sessionmanager/user/${user.id}/sessions`),
      await server.admin.terminate(id),
    ];
    const sealed = server.database.rows(
      'SELECT refresh_token AS t FROM magic_sessionmanager_sessions',
    );
    for (const answer of answers) {
      assertNoToken(answer);
      assertHoldsNone(answer.text, issued());
      for (const { t } of sealed) assert.equal(t !== null && answer.text.includes(t), false);
      assert.doesNotMatch(answer.text, /token/i);
    }
  });

  it('are erased when their session is terminated', async () => {
    const { jwt } = await server.users.signUp();
    const { id } = await server.users.currentSession(jwt);
    const stored = () =>
      server.database.rows(
        `SELECT refresh_token FROM magic_sessionmanager_sessions WHERE session_id = '${id}'`,
      )[0];
    assert.equal(stored().refresh_token !== null, hasRefreshTokens(mode));
    await server.admin.terminate(id);
    assert.equal(stored().refresh_token, null);
  });

  it('never get into the log', () => {
    assertHoldsNone(server.log, issued());
    assert.equal(server.log.includes(TEST_KEY), false);
  });
});
