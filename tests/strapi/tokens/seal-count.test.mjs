import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { TestServer, TEST_KEY } from '../../harness/strapi/test-server.mjs';
import { until } from '../../harness/process/until.mjs';

const HALF = 2 ** 31;
const SECOND_KEY = Buffer.alloc(32, 2).toString('base64');
const WARNING = 'half of the number that one key may seal';

describe('The count of seals under a key', () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh', env: { SESSION_ENCRYPTION_KEY: TEST_KEY } });
    await server.admin.register();
  });
  after(() => server.dispose());

  const status = async () => (await server.admin.status()).json.data;

  it('outlives a restart', async () => {
    for (let user = 0; user < 3; user += 1) await server.users.signUp();
    await server.restart();
    await server.users.signUp();
    await server.restart();
    const { seals } = await status();
    assert.deepEqual(seals, { total: 4, warnAt: HALF });
    assert.ok(!server.log.includes(WARNING));
  });

  it('is told once when it is half of what is allowed', async () => {
    server.database.run(`update magic_sessionmanager_seal_counts set seals = ${HALF - 1}`);
    await server.users.signUp();
    await server.restart();
    await until('the log warns', () => server.log.includes(WARNING));
    assert.equal((await status()).seals.total, HALF);
    assert.equal(server.log.split(WARNING).length, 2);
  });

  it('is told when the key seals no more, and logins go on without a stored token', async () => {
    server.database.run(`update magic_sessionmanager_seal_counts set seals = ${2 * HALF}`);
    await server.restart();
    await until('the log tells', () => server.log.includes('no more refresh tokens are stored'));
    const { jwt, refreshToken, user } = await server.users.signUp();
    assertStatus(await server.users.me(jwt), 200);
    const [{ id }] = await server.admin.sessionsOf(user.id);
    const select = `select refresh_token from magic_sessionmanager_sessions where session_id = '${id}'`;
    assert.deepEqual(
      server.database.rows(select).map((row) => row.refresh_token),
      [null],
    );
    await server.users.refresh(refreshToken);
    assert.equal((await status()).seals.total, 2 * HALF);
    assertStatus(await server.admin.terminate(id), 200);
    assertStatus(await server.users.me(jwt), 401);
    server.database.run(`update magic_sessionmanager_seal_counts set seals = ${HALF - 1}`);
  });

  it('begins again with another key, and counts what is sealed again', async () => {
    await server.restart({
      SESSION_ENCRYPTION_KEY: SECOND_KEY,
      SESSION_ENCRYPTION_KEY_PREVIOUS: TEST_KEY,
    });
    await until('every token is sealed again', async () => (await status()).resealing?.done);
    assert.deepEqual((await status()).resealing, { resealed: 5, unknown: 0, done: true });
    await server.restart();
    assert.equal((await status()).seals.total, 5);
    assert.ok(!server.log.includes(WARNING));
  });
});
