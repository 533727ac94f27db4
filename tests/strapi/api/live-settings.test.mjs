import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { TEST_KEY, TestServer } from '../../harness/strapi/test-server.mjs';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How soon another process has to go by a change. */
const TAKE_OVER_MS = 10_000;

describe('The settings in the admin API', { concurrency: false }, () => {
  let server;
  before(async () => {
    server = await TestServer.start({
      config: {
        inactivityTimeout: 5 * MINUTE,
        terminatedRetentionDays: null,
        encryptionKey: TEST_KEY,
      },
    });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('are described with unit, default, bounds and reason', async () => {
    const answer = await server.admin.settings();
    assertStatus(answer, 200);
    const option = await server.admin.setting('lastSeenRateLimit');
    const { description, ...facts } = option;
    assert.match(description, /last seen/);
    assert.deepEqual(facts, {
      name: 'lastSeenRateLimit',
      kind: 'number',
      unit: 'ms',
      default: 30_000,
      min: 0,
      max: DAY,
      nullLifts: false,
      choices: null,
      value: 30_000,
      source: 'default',
      reset: { value: 30_000, source: 'default' },
    });
    assert.deepEqual((await server.admin.setting('onInactive')).choices, ['mark', 'terminate']);
    assert.equal((await server.admin.setting('terminatedRetentionDays')).nullLifts, true);
  });

  it('say what config/plugins sets', async () => {
    const timeout = await server.admin.setting('inactivityTimeout');
    assert.equal(timeout.value, 5 * MINUTE);
    assert.equal(timeout.source, 'config');
    const retention = await server.admin.setting('terminatedRetentionDays');
    assert.equal(retention.value, -1);
    assert.equal(retention.source, 'config');
  });

  it('never tell a key, only its public name', async () => {
    const answer = await server.admin.settings();
    const key = await server.admin.setting('encryptionKey');
    assert.equal(key.value, null);
    assert.equal(key.source, 'config');
    assert.match(answer.json.data.key.id, /^[0-9a-f]{12}$/);
    assert.equal(answer.json.data.key.source, 'config');
    assert.equal(answer.text.includes(TEST_KEY), false);
  });

  it('are changed, and changed back', async () => {
    const changed = await server.admin.changeSettings({ inactivityTimeout: MINUTE, strict: true });
    assertStatus(changed, 200);
    const timeout = await server.admin.setting('inactivityTimeout');
    assert.equal(timeout.value, MINUTE);
    assert.equal(timeout.source, 'admin');
    assert.deepEqual(timeout.reset, { value: 5 * MINUTE, source: 'config' });
    assert.equal((await server.admin.setting('strict')).source, 'admin');

    assertStatus(await server.admin.changeSettings({ inactivityTimeout: null }), 200);
    const back = await server.admin.setting('inactivityTimeout');
    assert.equal(back.value, 5 * MINUTE);
    assert.equal(back.source, 'config');
    assert.equal((await server.admin.setting('strict')).value, true, 'others stay');
  });

  it('outlive a restart', async () => {
    assertStatus(await server.admin.changeSettings({ absoluteTimeout: 2 * DAY }), 200);
    await server.restart();
    await server.admin.login();
    const option = await server.admin.setting('absoluteTimeout');
    assert.deepEqual([option.value, option.source], [2 * DAY, 'admin']);
  });

  it('refuse what the core refuses, in its words, and change nothing', async () => {
    const wrong = [
      ['lastSeenRateLimit', -1],
      ['lastSeenRateLimit', '30000'],
      ['onInactive', 'explode'],
      ['strict', 'yes'],
      ['terminatedRetentionDays', 1e9],
      ['lastSeenRatelimit', 1],
      ['lastSeenRatelimit', null],
      ['constructor', 1],
    ];
    const before = (await server.admin.settings()).text;
    for (const [name, value] of wrong) {
      const settings = Object.fromEntries([
        ['refreshRetryWindow', 1000],
        [name, value],
      ]);
      const answer = await server.admin.changeSettings(settings);
      assertStatus(answer, 400);
      assert.equal(answer.json.error.details.field, name);
      assert.match(answer.json.error.message, /; (it takes|the options are) /);
    }
    assert.equal((await server.admin.settings()).text, before);
  });

  it('refuse a key without repeating it', async () => {
    const secret = Buffer.alloc(32, 7).toString('base64');
    for (const value of [secret, null]) {
      const answer = await server.admin.changeSettings({ encryptionKey: value });
      assertStatus(answer, 400);
      assert.equal(answer.json.error.details.field, 'encryptionKey');
      assert.equal(answer.text.includes(secret), false);
    }
  });

  it('refuse a body that holds no settings', async () => {
    for (const body of [undefined, {}, { settings: [] }, { settings: 'strict' }]) {
      const answer = await server.admin.request('PUT', '/magic-sessionmanager/settings', body);
      assertStatus(answer, 400);
    }
  });
});

describe('A changed setting', () => {
  let server;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
  });
  after(() => server.dispose());

  it('is in force for the next request, and sealed tokens stay readable', async () => {
    const { jwt, user } = await server.users.signUp();
    assertStatus(await server.users.me(jwt), 200);
    const [{ id, loggedInAt }] = await server.admin.sessionsOf(user.id);
    // As though the login were two minutes old.
    const past = Date.parse(loggedInAt) - 2 * MINUTE;
    await server.stop();
    server.database.run(
      `update magic_sessionmanager_sessions set logged_in_at_ms = ${past}, last_seen_at_ms = ${past} where session_id = '${id}'`,
    );
    server.database.close();
    await server.boot();
    await server.admin.login();
    assertStatus(await server.users.me(jwt), 200);

    assertStatus(await server.admin.changeSettings({ absoluteTimeout: MINUTE }), 200);
    assertRefused(await server.users.me(jwt), 'expired');
    assertStatus(await server.admin.changeSettings({ absoluteTimeout: null }), 200);
    assertStatus(await server.users.me((await server.users.signUp()).jwt), 200);
  });

  it('is taken over from the store by an instance that did not make it', async () => {
    const stored = JSON.stringify({ inactivityTimeout: MINUTE, gone: 1, strict: 'yes' });
    server.database.run(`delete from magic_sessionmanager_values where "key" = 'settings'`);
    server.database.run(
      `insert into magic_sessionmanager_values ("key", value) values ('settings', '${stored}')`,
    );
    const end = Date.now() + TAKE_OVER_MS;
    let option;
    do option = await server.admin.setting('inactivityTimeout');
    while (option.source !== 'admin' && Date.now() < end);
    assert.equal(option.value, MINUTE);
    assert.equal(
      (await server.admin.setting('strict')).value,
      false,
      'what is unsound is left out',
    );
    assertStatus(await server.users.me((await server.users.signUp()).jwt), 200);
  });
});
