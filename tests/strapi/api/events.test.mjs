import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { until } from '../../harness/process/until.mjs';

/** How many failed logins of one network are told of at once; every two seconds one more may be. */
const AT_ONCE = 30;

const FLOOD = 60;

const NAMES = [
  'session.created',
  'session.terminated',
  'sessions.revoked',
  'session.reactivated',
  'session.refresh-reused',
  'session.token-refused',
  'user.blocked',
  'user.unblocked',
  'login.failed',
  'login.limited',
];
const INACTIVITY_MS = 1000;

// The app has listeners that never come back and that throw; no login minds them.
inBothModes('The event hub', (mode) => {
  let server;
  before(async () => {
    const config = { inactivityTimeout: INACTIVITY_MS, lastSeenRateLimit: 0 };
    server = await TestServer.start({ mode, config, env: { TRUST_PROXY: 'true' } });
    await server.admin.register();
  });
  after(() => server.dispose());

  const observed = async () => (await server.request('GET', '/api/observer/events')).json;

  /** Waits until an event with this name tells of a session, and returns all such. */
  const eventsOf = async (name, id) =>
    until(`${name} is heard`, async () => {
      const events = (await observed()).filter(
        (event) => event.name === name && event.session?.id === id,
      );
      return events.length > 0 && events;
    });

  it('reports every session that begins and is terminated once', async () => {
    const { jwt, user } = await server.users.signUp();
    const { id } = await server.users.currentSession(jwt);
    const created = {
      name: 'session.created',
      session: { id, userId: user.id, method: 'register' },
    };
    assert.deepEqual(await eventsOf('session.created', id), [created]);

    const ends = [1, 2, 3].map(() => server.admin.terminate(id));
    for (const answer of await Promise.all(ends)) assertStatus(answer, 200);
    assertRefused(await server.users.me(jwt), 'admin');
    const ended = { name: 'session.terminated', session: { id, userId: user.id, reason: 'admin' } };
    assert.deepEqual(await eventsOf('session.terminated', id), [ended]);
  });

  it('hears once of a session that comes back', async () => {
    const { jwt, user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    server.database.run(
      `UPDATE magic_sessionmanager_sessions SET state = 'inactive', last_seen_at_ms = last_seen_at_ms - 60000
       WHERE session_id = '${id}'`,
    );
    await server.restart();
    const answers = await Promise.all([1, 2, 3, 4].map(() => server.users.me(jwt)));
    for (const answer of answers) assertStatus(answer, 200);
    const events = await eventsOf('session.reactivated', id);
    assert.deepEqual(events, [{ name: 'session.reactivated', session: { id, userId: user.id } }]);
  });

  if (hasRefreshTokens(mode)) {
    it('hears once of a refresh token that is used a second time', async () => {
      const { refreshToken, user } = await server.users.signUp();
      const [{ id }] = await server.admin.sessionsOf(user.id);
      const child = await server.users.refresh(refreshToken);
      assertStatus(await server.users.me(child.jwt), 200);
      for (let uses = 0; uses < 2; uses += 1)
        assertRefused(await server.users.tryRefresh(refreshToken), 'refresh_reuse');
      const events = await eventsOf('session.refresh-reused', id);
      assert.deepEqual(events, [
        {
          name: 'session.refresh-reused',
          session: { id, userId: user.id, outcome: 'terminated' },
        },
      ]);
    });
  }

  it('hears once of a token that is used after its session was terminated, and from where', async () => {
    const { jwt, user } = await server.users.signUp();
    const { id } = await server.users.currentSession(jwt);
    assertStatus(await server.users.own(jwt, 'POST', '/logout'), 200);
    const use = (ip) =>
      server.request('GET', '/api/users/me', {
        bearer: jwt,
        headers: { 'user-agent': 'a thief', 'x-forwarded-for': ip },
      });
    for (const ip of ['203.0.113.9', '203.0.113.10']) assertRefused(await use(ip), 'logout');
    const session = { id, userId: user.id, reason: 'logout' };
    assert.deepEqual(await eventsOf('session.token-refused', id), [
      { name: 'session.token-refused', session, ip: '203.0.113.9', userAgent: 'a thief' },
    ]);
  });

  it('hears once of a user who is blocked, and of one who is unblocked', async () => {
    const { user } = await server.users.signUp();
    for (const blocked of [true, true, false])
      assertStatus(await server.admin.block(user.id, blocked), 200);
    const heard = await until('both are heard', async () => {
      const events = (await observed()).filter((event) => event.user?.id === user.id);
      return events.length > 1 && events;
    });
    assert.deepEqual(
      heard.map(({ name }) => name),
      ['user.blocked', 'user.unblocked'],
    );
  });

  it('hears of a login that failed, and not of what was typed', async () => {
    const { username } = await server.users.register();
    const before = (await observed()).filter(({ name }) => name === 'login.failed').length;
    const answer = await server.request('POST', '/api/auth/local', {
      body: { identifier: username, password: 'wrong-Password-1' },
      headers: { 'user-agent': 'a test' },
    });
    assertStatus(answer, 400);
    const failed = await until('login.failed is heard', async () => {
      const events = (await observed()).filter(({ name }) => name === 'login.failed');
      return events.length > before && events.slice(before);
    });
    const expected = { method: 'password', ip: '127.0.0.1', userAgent: 'a test' };
    assert.deepEqual(failed, [{ name: 'login.failed', ...expected }]);
  });

  it('hears of a flood of failed logins from one network as far as a minute allows', async () => {
    const failedFrom = async (network) =>
      (await observed()).filter(({ name, ip }) => name === 'login.failed' && ip.startsWith(network))
        .length;
    const fail = (from) =>
      server.request('GET', '/api/auth/nobody/callback', { headers: { 'x-forwarded-for': from } });
    for (let host = 1; host <= FLOOD; host += 1)
      assertStatus(await fail(`2001:db8:1:1::${host}`), 400);
    assertStatus(await fail('2001:db8:1:2::1'), 400);
    await until(
      'the other network is heard of',
      async () => (await failedFrom('2001:db8:1:2:')) === 1,
    );
    const heard = await failedFrom('2001:db8:1:1:');
    assert.ok(heard >= AT_ONCE && heard < FLOOD, `${heard} are heard of`);
  });

  it('may be asked for these events by webhooks', async () => {
    const webhook = { name: 'watch', url: 'https://example.test/', headers: {}, events: NAMES };
    const answer = await server.admin.request('POST', '/admin/webhooks', webhook);
    assertStatus(answer, 201);
    assert.deepEqual(answer.json.data.events, NAMES);
    const wrong = { ...webhook, events: ['session.unheard'] };
    assertStatus(await server.admin.request('POST', '/admin/webhooks', wrong), 400);
  });
});
