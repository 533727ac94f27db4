import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { storeSessions } from '../../harness/fixtures/stored-sessions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';

const FORGED = {
  'x-forwarded-for': '203.0.113.9, 198.51.100.7',
  forwarded: 'for=203.0.113.9',
  'x-real-ip': '203.0.113.9',
  'cf-connecting-ip': '203.0.113.9',
  'true-client-ip': '203.0.113.9',
};
const MANY = 10_000;
const KIB = 1024;

/** Logs a user in with exactly these headers and gives the session that it began. */
async function sessionOf(server, username, headers) {
  const answer = await server.request('POST', '/api/auth/local', {
    body: { identifier: username, password: PASSWORD },
    headers,
  });
  assertStatus(answer, 200);
  return await server.users.currentSession(answer.json.jwt);
}

describe('The address of a session', () => {
  let server;
  let username;
  afterEach(() => server.dispose());

  async function start(env) {
    server = await TestServer.start({ env });
    ({ username } = await server.users.register());
  }
  const addressWith = async (headers) => (await sessionOf(server, username, headers)).ip;

  it('is the one that the connection came from, whatever the headers claim', async () => {
    await start();
    assert.equal(await addressWith(FORGED), '127.0.0.1');
    await server.request('POST', '/api/auth/local', {
      body: { identifier: username, password: 'wrong' },
      headers: FORGED,
    });
    await server.admin.register();
    const { data } = (await server.admin.journal('filters[what]=login.failed')).json;
    assert.deepEqual(
      data.map(({ ip }) => ip),
      ['127.0.0.1'],
    );
  });

  it('is an IPv4 address where the server listens on IPv6 as well', async () => {
    await start({ HOST: '::' });
    assert.equal(await addressWith({}), '127.0.0.1');
  });

  it('is what a proxy says where Strapi trusts it, and nothing that is no address', async () => {
    await start({ TRUST_PROXY: 'true' });
    const cases = [
      ['203.0.113.9, 198.51.100.7', '203.0.113.9'],
      ['2001:db8::1', '2001:db8::1'],
      ['::ffff:192.0.2.1', '192.0.2.1'],
      ['203.0.113.9:4711', '203.0.113.9'],
      ['[2001:DB8:0::1]:443', '2001:db8::1'],
      ['fe80::1%eth0', 'fe80::1'],
      ["' OR 1=1 --", null],
      ['\x9b31mred', null],
      ['9'.repeat(8 * KIB), null],
    ];
    for (const [claimed, shown] of cases) {
      assert.equal(await addressWith({ 'x-forwarded-for': claimed }), shown, claimed);
    }
  });
});

describe('The user agent of a session', () => {
  let server;
  let username;
  before(async () => {
    // Node itself refuses headers of more than 16 KiB unless it is told otherwise.
    const env = { NODE_OPTIONS: `--max-http-header-size=${128 * KIB}` };
    server = await TestServer.start({ env });
    ({ username } = await server.users.register());
  });
  after(() => server.dispose());

  it('may be missing or blank', async () => {
    const unknown = { type: 'other', browser: null, os: null };
    for (const headers of [{}, { 'user-agent': '' }, { 'user-agent': ' \t ' }]) {
      const { userAgent, device } = await sessionOf(server, username, headers);
      assert.equal(userAgent, null);
      assert.deepEqual(device, unknown);
    }
  });

  it('is cut where it is longer than any that is genuine', async () => {
    const long = `Mozilla/5.0 ${'x'.repeat(64 * KIB)}`;
    const { userAgent } = await sessionOf(server, username, { 'user-agent': long });
    assert.equal(userAgent, long.slice(0, 512));
  });

  it('is kept as text, without its control characters', async () => {
    const cases = [
      ['a\tb', 'a b'],
      ['\x9b31mred\x85line', '31mred line'],
      ['<script>alert(1)</script>', '<script>alert(1)</script>'],
      [
        "'; DROP TABLE magic_sessionmanager_sessions; --",
        "'; DROP TABLE magic_sessionmanager_sessions; --",
      ],
      ['((((((((((', '(((((((((('],
      ['Ünïcode/1', 'Ünïcode/1'],
    ];
    for (const [sent, shown] of cases) {
      assert.equal((await sessionOf(server, username, { 'user-agent': sent })).userAgent, shown);
    }
  });
});

describe('The times of a session', () => {
  let server;
  after(() => server.dispose());

  it('are the same whatever the time zone of the server is', async () => {
    const env = { TZ: 'Pacific/Apia' };
    server = await TestServer.start({ env });
    const from = Date.now();
    const { jwt } = await server.users.signUp();
    const { loggedInAt } = await server.users.currentSession(jwt);
    const at = Date.parse(loggedInAt);
    assert.ok(at >= from && at <= Date.now(), loggedInAt);
    assert.match(loggedInAt, /Z$/);
  });
});

inBothModes(`A user with ${MANY} sessions`, (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Registers a user who has so many sessions already. */
  async function busyUser() {
    const { username, json } = await server.users.register();
    const past = { loggedInAgo: 60_000, lastSeenAgo: 1000 };
    storeSessions(server, MANY - 1, { userId: json.user.id, ...past });
    return { username, ...json };
  }

  const liveOf = ({ user }) =>
    server.database.rows(
      "SELECT count(*) AS n FROM magic_sessionmanager_sessions WHERE user_id = ? AND state <> 'terminated'",
      user.id,
    )[0].n;

  it('sees them page by page, the first and the last', async () => {
    const { jwt } = await busyUser();
    for (const page of [1, MANY / 100]) {
      const path = `/my-sessions?pagination[pageSize]=100&pagination[page]=${page}`;
      const answer = await server.users.own(jwt, 'GET', path);
      assertStatus(answer, 200);
      assert.equal(answer.json.data.length, 100);
      assert.equal(answer.json.meta.pagination.total, MANY);
    }
  });

  it('terminates all but the current one, or all, each of them recorded in the journal', async () => {
    const person = await busyUser();
    const stranger = await server.users.signUp();
    const others = await server.users.own(person.jwt, 'POST', '/logout-others');
    assert.deepEqual(others.json, { data: { terminated: MANY - 1 } });
    assertStatus(await server.users.me(person.jwt), 200);
    assert.equal(liveOf(person), 1);
    const query = `filters[userId]=${person.user.id}&filters[what]=session.terminated`;
    const { pagination } = (await server.admin.journal(query)).json.meta;
    assert.equal(pagination.total, MANY - 1);
    assertStatus(await server.users.me(stranger.jwt), 200);
  });

  it('is logged out everywhere by an administrator', async () => {
    const person = await busyUser();
    const answer = await server.admin.terminateAll(person.user.id);
    assert.deepEqual(answer.json, { data: { terminated: MANY } });
    assertRefused(await server.users.me(person.jwt), 'admin');
    assert.equal(liveOf(person), 0);
  });

  it('keeps the newest when a limit is set and the next login comes', async () => {
    const { username, ...person } = await busyUser();
    assertStatus(await server.admin.changeSettings({ maxSessionsPerUser: 3 }), 200);
    const { jwt } = await server.users.login(username);
    assertStatus(await server.admin.changeSettings({ maxSessionsPerUser: null }), 200);
    assert.equal(liveOf(person), 3);
    assertStatus(await server.users.me(jwt), 200);
    assertStatus(await server.users.me(person.jwt), 200);
  });

  it('is deleted with all of them', async () => {
    const person = await busyUser();
    await server.admin.deleteUser(person.user.id);
    assertRefused(await server.users.me(person.jwt), 'user_deleted');
    assert.equal(liveOf(person), 0);
  });
});
