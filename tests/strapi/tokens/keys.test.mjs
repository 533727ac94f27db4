import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer, TEST_KEY } from '../../harness/strapi/test-server.mjs';
import { until } from '../../harness/process/until.mjs';

const SECOND_KEY = Buffer.alloc(32, 2).toString('base64');
const THIRD_KEY = Buffer.alloc(32, 3).toString('base64');
const FOURTH_KEY = Buffer.alloc(32, 4).toString('base64');

describe('A change of the encryption key', { concurrency: false }, () => {
  let server;
  let login;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
    login = await server.users.signUp();
  });
  after(() => server.dispose());

  /** The public names of all keys that something is sealed under. */
  const keysInUse = () => {
    const rows = server.database.rows('select refresh_token from magic_sessionmanager_sessions');
    const envelopes = rows.map((row) => row.refresh_token).filter(Boolean);
    return [...new Set(envelopes.map((envelope) => envelope.split('.')[1]))];
  };

  const assertGoesOn = async () => {
    assertStatus(await server.users.me(login.jwt), 200);
    login = { ...login, ...(await server.users.refresh(login.refreshToken)) };
    assertStatus(await server.users.me(login.jwt), 200);
  };

  it('from the derived one to one of its own seals all tokens again and terminates no session', async () => {
    const [derived] = keysInUse();
    await server.restart({ SESSION_ENCRYPTION_KEY: TEST_KEY });
    await until('every token is sealed under the new key', () => !keysInUse().includes(derived));
    assert.equal(keysInUse().length, 1);
    await assertGoesOn();
  });

  it('with the present one named as previous does as well, whatever is damaged', async () => {
    const [first] = keysInUse();
    const { user: damaged } = await server.users.signUp();
    await server.users.signUp();
    server.database.run(
      `update magic_sessionmanager_sessions set refresh_token = 'v1.${first}.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA'
       where user_id = ${damaged.id}`,
    );
    const SESSION_ENCRYPTION_KEY_PREVIOUS = `${THIRD_KEY},${TEST_KEY}`;
    await server.restart({
      SESSION_ENCRYPTION_KEY: SECOND_KEY,
      SESSION_ENCRYPTION_KEY_PREVIOUS,
    });
    await until('all but the damaged token is sealed under the new key', () => {
      const rows = server.database.rows(
        `select refresh_token from magic_sessionmanager_sessions where user_id <> ${damaged.id}`,
      );
      return !JSON.stringify(rows).includes(first);
    });
    server.database.run(`delete from magic_sessionmanager_sessions where user_id = ${damaged.id}`);
    await assertGoesOn();
  });

  it('reaches what an instance has sealed that got the new key later', async () => {
    const [present] = keysInUse();
    const { user } = await server.users.signUp();
    const [{ refresh_token: sealed }] = server.database.rows(
      `select refresh_token from magic_sessionmanager_sessions where user_id = ${user.id}`,
    );
    await server.restart({
      SESSION_ENCRYPTION_KEY: FOURTH_KEY,
      SESSION_ENCRYPTION_KEY_PREVIOUS: SECOND_KEY,
    });
    await until('every token is sealed under the new key', () => !keysInUse().includes(present));
    const status = async () => (await server.admin.status()).json.data;
    await until('all tokens are looked at', async () => (await status()).resealing?.done);
    const [{ newest }] = server.database.rows(
      'select max(id) as newest from magic_sessionmanager_sessions',
    );
    server.database.run(
      `update magic_sessionmanager_sessions set refresh_token = '${sealed}', id = ${newest} + 1
       where user_id = ${user.id}`,
    );
    assert.ok(keysInUse().includes(present));
    await server.restart();
    await until('that is sealed again as well', () => !keysInUse().includes(present));
    await assertGoesOn();
  });

  it('without it says so, deletes nothing and terminates no session', async () => {
    const before = keysInUse();
    await server.restart({
      SESSION_ENCRYPTION_KEY: THIRD_KEY,
      SESSION_ENCRYPTION_KEY_PREVIOUS: '',
    });
    await until('the log tells of it', () => server.log.includes('keys that are not configured'));
    assert.deepEqual(keysInUse(), before);
    await assertGoesOn();
  });

  it('is repaired by naming the earlier key as previous', async () => {
    await server.restart({ SESSION_ENCRYPTION_KEY_PREVIOUS: FOURTH_KEY });
    const { id: present } = (await server.admin.status()).json.data.key;
    await until('every token is sealed under the present key', () =>
      keysInUse().every((key) => key === present),
    );
    await assertGoesOn();
  });

  it('is none by a line break behind the key, and an empty variable is no key', async () => {
    const { id: present } = (await server.admin.status()).json.data.key;
    await server.restart({
      SESSION_ENCRYPTION_KEY: `${THIRD_KEY}\n`,
      SESSION_ENCRYPTION_KEY_PREVIOUS: ' ',
    });
    assert.equal((await server.admin.status()).json.data.key.id, present);
    await assertGoesOn();
    await server.restart({ SESSION_ENCRYPTION_KEY: '' });
    const { source } = (await server.admin.status()).json.data.key;
    assert.equal(source, 'derived');
  });

  it('says which previous key is wrong, and never shows it', async () => {
    await server.stop();
    const process = await server.launch();
    await process.kill();
    const SESSION_ENCRYPTION_KEY_PREVIOUS = `${TEST_KEY},c2VjcmV0`;
    await assert.rejects(server.boot({ SESSION_ENCRYPTION_KEY_PREVIOUS }), (error) => {
      assert.match(error.message, /"encryptionKeyPrevious" got 6 bytes as key 2/);
      assert.match(error.message, /from SESSION_ENCRYPTION_KEY_PREVIOUS/);
      assert.doesNotMatch(error.message, /c2VjcmV0/);
      return true;
    });
  });
});

inBothModes('With storeTokens off', (mode) => {
  let server;
  after(() => server.dispose());

  it('no token is stored, and sessions work all the same', async () => {
    server = await TestServer.start({ mode, config: { storeTokens: false } });
    await server.admin.register();
    const { jwt, refreshToken, user } = await server.users.signUp();
    assertStatus(await server.users.me(jwt), 200);
    if (hasRefreshTokens(mode)) await server.users.refresh(refreshToken);
    const rows = server.database.rows('select refresh_token from magic_sessionmanager_sessions');
    for (const row of rows) assert.equal(row.refresh_token, null);
    const [{ id }] = await server.admin.sessionsOf(user.id);
    assertStatus(await server.admin.terminate(id), 200);
    assertStatus(await server.users.me(jwt), 401);
  });
});
