import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, it } from 'node:test';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { tablesOf } from '../harness/sql/catalog.mjs';
import { hasRefreshTokens, inBothModes } from '../harness/strapi/modes.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const EARLIER_TABLES = ['magic_sessions', 'magic_sessions_user_lnk'];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';

const sha256 = (token) => createHash('sha256').update(token).digest('hex');

const ago = (ms) => new Date(Date.now() - ms).toISOString();

/** Options of 4.x, with what this version names in their place. */
const OPTIONS = {
  debug: /nothing takes its place/,
  cleanupInterval: /cleanupCron/,
  retentionDays: /terminatedRetentionDays/,
  maxSessionAgeDays: /absoluteTimeout/,
  strictSessionEnforcement: /strict/,
  trustedProxies: /server\.proxy/,
  enableGeolocation: /nothing takes its place/,
  discordWebhookUrl: /webhooks/,
};

inBothModes('An app that had version 4', (mode) => {
  let server;
  const people = {};
  before(async () => {
    server = await TestServer.start({ mode, env: { TEST_VERSION_4: 'true' } });
    for (const name of ['live', 'ended', 'idle', 'blocked'])
      people[name] = await server.users.signUp();
    const row = (name, facts) => {
      const { jwt, refreshToken, user } = people[name];
      return {
        sessionId: `sess_${name}`,
        user: user.id,
        ipAddress: '192.0.2.7',
        userAgent: FIREFOX,
        token: 'sealed',
        tokenHash: sha256(jwt),
        ...(refreshToken && { refreshTokenHash: sha256(refreshToken) }),
        loginTime: ago(3 * HOUR),
        lastActive: ago(HOUR),
        isActive: false,
        terminatedManually: false,
        geoLocation: { country: 'Germany' },
        securityScore: 90,
        ...facts,
      };
    };
    const logout = { logoutTime: ago(HOUR), terminationReason: 'logout' };
    const rows = [
      row('live', { isActive: true, lastActive: ago(MINUTE) }),
      row('ended', { ...logout, terminatedManually: true }),
      row('idle', { terminationReason: 'idle' }),
      row('blocked', { ...logout, terminationReason: 'blocked' }),
      { ...row('live', logout), tokenHash: sha256('another token'), refreshTokenHash: null },
      { ...row('live', logout), user: null, tokenHash: null, refreshTokenHash: null },
    ];
    const path = '/api/magic-sessionmanager/version-4';
    assertStatus(await server.request('POST', path, { body: { rows } }), 200);
    await server.restart({
      TEST_VERSION_4: 'false',
      MAGIC_CONFIG: JSON.stringify({
        ...Object.fromEntries(Object.keys(OPTIONS).map((name) => [name, 1])),
        lastSeenRateLimit: 30_000,
        inactivityTimeout: -5,
      }),
      SESSION_ENCRYPTION_KEY: 'any text was a key',
    });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('keeps its old tables, and has their sessions in the list', async () => {
    const tables = tablesOf(server.database);
    for (const name of EARLIER_TABLES) assert.ok(tables.includes(name), name);
    const { data } = (await server.admin.list('pagination[pageSize]=50')).json;
    assert.equal(data.length, 5, 'the row without a user is left out');
    const [live] = data.filter(({ state }) => state === 'active');
    assert.equal(live.ip, '192.0.2.7');
    assert.equal(live.device.browser, 'Firefox 133');
    assert.equal(live.user.username, people.live.user.username);
    assert.ok(Math.abs(Date.now() - Date.parse(live.loggedInAt) - 3 * HOUR) < HOUR);
    assert.ok(Math.abs(Date.now() - Date.parse(live.lastSeenAt)) < 20 * MINUTE);
    const states = data.map(({ state, reason }) => `${state} ${reason}`).sort();
    assert.deepEqual(states, [
      'active null',
      'inactive null',
      'terminated logout',
      'terminated logout',
      'terminated user_blocked',
    ]);
  });

  it('lets those go on whose session lives, in the same session', async () => {
    const [before] = (await server.admin.sessionsOf(people.live.user.id)).filter(
      ({ state }) => state === 'active',
    );
    for (const name of ['live', 'idle']) assertStatus(await server.users.me(people[name].jwt), 200);
    const { id } = await server.users.currentSession(people.live.jwt);
    assert.equal(id, before.id);
    assert.equal((await server.admin.sessionsOf(people.live.user.id)).length, 2);
    if (!hasRefreshTokens(mode)) return;
    const { jwt } = await server.users.refresh(people.live.refreshToken);
    assert.equal((await server.users.currentSession(jwt)).id, before.id);
  });

  it('refuses the tokens of sessions that had ended', async () => {
    assertRefused(await server.users.me(people.ended.jwt), 'logout');
    assertRefused(await server.users.me(people.blocked.jwt), 'user_blocked');
    if (!hasRefreshTokens(mode)) return;
    const { refreshToken } = people.ended;
    assertStatus(await server.users.tryRefresh(refreshToken), 401);
  });

  it('ends all of them at once', async () => {
    const answer = await server.admin.request('POST', '/magic-sessionmanager/sessions/terminate', {
      filters: {},
    });
    assertStatus(answer, 200);
    assert.equal(answer.json.data.terminated, 2);
    assertRefused(await server.users.me(people.live.jwt), 'admin');
  });

  it('is told once what each option of version 4 is now, and of the key', () => {
    for (const [name, expected] of Object.entries(OPTIONS)) {
      const lines = server.log.split('\n').filter((line) => line.includes(`option "${name}"`));
      assert.equal(lines.length, 1, name);
      assert.match(lines[0], /warn/);
      assert.match(lines[0], expected);
    }
    assert.match(server.log, /option "inactivityTimeout" .*the default applies/);
    assert.doesNotMatch(server.log, /option "lastSeenRateLimit"/);
    assert.match(server.log, /warn.*SESSION_ENCRYPTION_KEY is no key of 32 bytes/);
    assert.ok(!server.log.includes('any text was a key'));
  });

  it('does nothing a second time, and starts with its old key once the tables are gone', async () => {
    const { total } = (await server.admin.list()).json.meta.pagination;
    await server.stop();
    for (const name of [...EARLIER_TABLES].reverse()) server.database.run(`DROP TABLE ${name}`);
    await server.boot();
    await server.admin.login();
    assert.doesNotMatch(server.log, /were taken over/);
    assert.equal((await server.admin.list()).json.meta.pagination.total, total);
  });
});
