import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 ' +
  '(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

describe('Many sessions at once', { concurrency: false }, () => {
  let server;
  let onPhone;
  let onDesktop;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
    onPhone = [
      await server.users.signUp({ userAgent: PHONE }),
      await server.users.signUp({ userAgent: PHONE }),
    ];
    onDesktop = await server.users.signUp();
  });
  after(() => server.dispose());

  const phones = { filters: { device: 'mobile' } };

  it('are counted and shown before anything is terminated', async () => {
    const answer = await server.admin.terminateMatching({ ...phones, dryRun: true });
    assertStatus(answer, 200);
    assertNoToken(answer);
    const { count, sessions } = answer.json.data;
    assert.equal(count, 2);
    assert.deepEqual(
      sessions.map(({ user }) => user.id).sort(),
      onPhone.map(({ user }) => user.id).sort(),
    );
    for (const { jwt } of onPhone) assertStatus(await server.users.me(jwt), 200);
  });

  it('are terminated with both tokens, and the others go on', async () => {
    const answer = await server.admin.terminateMatching(phones);
    assertStatus(answer, 200);
    assert.deepEqual(answer.json, { data: { terminated: 2 } });
    for (const { jwt, refreshToken } of onPhone) {
      assertRefused(await server.users.me(jwt), 'admin');
      assertStatus(await server.users.tryRefresh(refreshToken), 401);
    }
    assertStatus(await server.users.me(onDesktop.jwt), 200);
  });

  it('are not terminated twice', async () => {
    const preview = await server.admin.terminateMatching({ ...phones, dryRun: true });
    assert.equal(preview.json.data.count, 0);
    const again = await server.admin.terminateMatching(phones);
    assert.deepEqual(again.json, { data: { terminated: 0 } });
  });

  it('are left alone by a request whose filter is missing, empty or wrong', async () => {
    const wrong = [
      [undefined, 'body'],
      [{}, 'filters'],
      [{ dryRun: true }, 'filters'],
      [{ filters: { devise: 'mobile' } }, 'filters'],
      [{ filters: { device: 'phone' } }, 'filters[device]'],
      [{ filters: {}, dryRun: 'yes' }, 'dryRun'],
      [{ filters: null }, 'filters'],
      [{ filters: [] }, 'filters'],
      [{ filters: {}, _q: ' ' }, '_q'],
      [{ filters: {}, _q: null }, '_q'],
      [{ filters: {}, userId: 7 }, 'body'],
      ...['state', 'userId', 'row', 'ip', 'device', 'method', 'loggedInAt'].flatMap((name) =>
        [null, '', '  ', {}, []].map((empty) => [
          { filters: { [name]: empty } },
          `filters[${name}]`,
        ]),
      ),
      [{ filters: { loggedInAt: { $gte: null } } }, 'filters[loggedInAt][$gte]'],
      [{ filters: { device: 'mobile', ip: '' } }, 'filters[ip]'],
    ];
    for (const [body, field] of wrong) {
      const answer = await server.admin.terminateMatching(body);
      assertStatus(answer, 400);
      assert.ok(answer.text.includes(field), answer.text);
    }
    assertStatus(await server.users.me(onDesktop.jwt), 200);
  });

  it('are all terminated when the filter is empty', async () => {
    const answer = await server.admin.terminateMatching({ filters: {} });
    assert.deepEqual(answer.json, { data: { terminated: 1 } });
    assertRefused(await server.users.me(onDesktop.jwt), 'admin');
  });

  it('include a login that is written after all were terminated, but not a later login', async () => {
    const { username, json } = await server.users.register();
    assert.equal((await server.admin.terminateMatching({ filters: {} })).status, 200);
    const later = await server.users.login(username);
    // As if the login had been under way: its session is committed after the termination.
    server.database.run(
      `update magic_sessionmanager_sessions set state = 'active', reason = null, terminated_at_ms = null
        where user_id = ${json.user.id} and state = 'terminated'`,
    );
    await server.restart();
    await server.admin.login();
    assertRefused(await server.users.me(json.jwt), 'admin');
    assertStatus(await server.users.me(later.jwt), 200);
    await server.admin.terminateMatching({ filters: {} });
  });

  it('are more than fit into one statement, too', async () => {
    const { user } = await server.users.signUp();
    const now = Date.now();
    const rows = Array.from({ length: 1200 }, (_, number) => {
      const id = `f${number.toString(16).padStart(31, '0')}`;
      return `('${id}', ${user.id}, 'active', 'api', ${now}, ${now}, 'other')`;
    });
    server.database.run(
      `insert into magic_sessionmanager_sessions (session_id, user_id, state, method, logged_in_at_ms, last_seen_at_ms, device_type) values ${rows.join(',')}`,
    );
    const filters = { method: 'api' };
    const preview = await server.admin.terminateMatching({ filters, dryRun: true });
    assert.equal(preview.json.data.count, 1200);
    assert.equal(preview.json.data.sessions.length, 10);
    const answer = await server.admin.terminateMatching({ filters });
    assert.deepEqual(answer.json, { data: { terminated: 1200 } });
    const left = server.database.rows(
      `select count(*) as n from magic_sessionmanager_sessions where method = 'api' and state <> 'terminated'`,
    );
    assert.equal(left[0].n, 0);
  });
});

describe('Blocking a user', () => {
  let server;
  before(async () => {
    server = await TestServer.start();
    await server.admin.register();
  });
  after(() => server.dispose());

  it('terminates the sessions at once; unblocking lets the user log in again', async () => {
    const { jwt, user } = await server.users.signUp();
    const blocked = await server.admin.block(user.id);
    assertStatus(blocked, 200);
    assert.deepEqual(blocked.json, { data: { userId: user.id, blocked: true } });
    assertRefused(await server.users.me(jwt), 'user_blocked');
    assertStatus(await server.users.tryLogin(user.username), 400);

    const unblocked = await server.admin.block(user.id, false);
    assert.deepEqual(unblocked.json, { data: { userId: user.id, blocked: false } });
    assertRefused(await server.users.me(jwt), 'user_blocked');
    const again = await server.users.login(user.username);
    assertStatus(await server.users.me(again.jwt), 200);
  });

  it('is not undone by another administrator who blocks the user at the same time', async () => {
    const { jwt, user } = await server.users.signUp();
    const answers = await Promise.all([1, 2, 3, 4].map(() => server.admin.block(user.id)));
    for (const answer of answers)
      assert.deepEqual(answer.json, { data: { userId: user.id, blocked: true } });
    assertRefused(await server.users.me(jwt), 'user_blocked');
    assertStatus(await server.users.tryLogin(user.username), 400);
  });

  it('is done by the route of the last release as well, in turn', async () => {
    const { user } = await server.users.signUp();
    const answers = await Promise.all([1, 2, 3].map(() => server.admin.toggleBlock(user.id)));
    const states = answers.map(({ json }) => json.data.blocked).sort();
    assert.deepEqual(states, [false, true, true]);
    assertStatus(await server.users.tryLogin(user.username), 400);
  });

  it('answers 404 where there is no such user, 400 where something is wrong', async () => {
    assertStatus(await server.admin.block(999_999), 404);
    assertStatus(await server.admin.toggleBlock(999_999), 404);
    const { user } = await server.users.signUp();
    const path = `/magic-sessionmanager/user/${user.id}/block`;
    const wrong = [
      [await server.admin.block('x'), 'userId'],
      [await server.admin.toggleBlock('x'), 'userId'],
      [await server.admin.request('POST', path), 'body'],
      [await server.admin.request('POST', path, {}), 'blocked'],
      [await server.admin.request('POST', path, { blocked: 'false' }), 'blocked'],
      [await server.admin.request('POST', path, { blocked: null }), 'blocked'],
    ];
    for (const [answer, field] of wrong) {
      assertStatus(answer, 400);
      assert.equal(answer.json.error.details.field, field);
    }
    assertStatus(await server.users.tryLogin(user.username), 200);
  });
});
