import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';

const FIELDS = [
  'id',
  'state',
  'reason',
  'method',
  'loggedInAt',
  'lastSeenAt',
  'location',
  'terminatedAt',
  'expiresAt',
  'ip',
  'userAgent',
  'device',
  'current',
];

inBothModes("A user's own sessions", (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Registers a user and logs in until there are `count` sessions; returns the logins in order. */
  async function userWith(count) {
    const { username, json } = await server.users.register();
    const logins = [json];
    while (logins.length < count) logins.push(await server.users.login(username));
    return { username, user: json.user, logins };
  }

  async function assertNoRefresh({ refreshToken }) {
    if (hasRefreshTokens(mode)) assertStatus(await server.users.tryRefresh(refreshToken), 401);
  }

  it('are listed newest first, with the current one marked and nothing of others', async () => {
    const { logins, user } = await userWith(3);
    await userWith(1);
    const answer = await server.users.own(logins[1].jwt, 'GET', '/my-sessions');
    assertStatus(answer, 200);
    const { data, meta } = answer.json;
    const known = await server.admin.sessionsOf(user.id);
    assert.deepEqual(
      data.map(({ id }) => id),
      known.map(({ id }) => id),
    );
    assert.deepEqual(
      data.map(({ current }) => current),
      [false, true, false],
    );
    assert.deepEqual(meta, { pagination: { page: 1, pageSize: 25, pageCount: 1, total: 3 } });
    for (const session of data) assert.deepEqual(Object.keys(session).sort(), [...FIELDS].sort());
    assertNoToken(answer);
  });

  it('come in pages', async () => {
    const { logins } = await userWith(3);
    const [{ jwt }] = logins;
    const page = async (query) =>
      (await server.users.own(jwt, 'GET', `/my-sessions?${query}`)).json;
    const first = await page('pagination[page]=1&pagination[pageSize]=2');
    const second = await page('pagination[page]=2&pagination[pageSize]=2');
    assert.equal(first.data.length, 2);
    assert.equal(second.data.length, 1);
    assert.deepEqual(second.meta.pagination, { page: 2, pageSize: 2, pageCount: 2, total: 3 });
    assert.equal(new Set([...first.data, ...second.data].map(({ id }) => id)).size, 3);
  });

  it('can be filtered by state, and by no one else', async () => {
    const { logins } = await userWith(2);
    const stranger = await userWith(1);
    const [kept, ended] = logins;
    await server.users.own(ended.jwt, 'POST', '/logout');
    const list = async (query) => await server.users.own(kept.jwt, 'GET', `/my-sessions?${query}`);
    const live = (await list('filters[state]=active')).json.data;
    assert.deepEqual(
      live.map(({ current }) => current),
      [true],
    );
    for (const foreign of [`filters[userId]=${stranger.user.id}`, 'filters[row]=1,2,3']) {
      assertStatus(await list(foreign), 400);
    }
    assertStatus(await list('filters[state]=asleep'), 400);
    assertStatus(await list('pagination[pageSize]=1000'), 400);
  });

  it('show the current one alone', async () => {
    const { logins } = await userWith(2);
    const answer = await server.users.own(logins[0].jwt, 'GET', '/current-session');
    assertStatus(answer, 200);
    const [, oldest] = await server.users.sessions(logins[0].jwt);
    assert.equal(oldest.current, true);
    assert.deepEqual(Object.keys(answer.json), ['data']);
    assert.equal(answer.json.data.id, oldest.id);
    assert.equal(answer.json.data.current, true);
    assertNoToken(answer);
  });

  it('are terminated one by one at logout', async () => {
    const { logins, user } = await userWith(2);
    const answer = await server.users.own(logins[0].jwt, 'POST', '/logout');
    assertStatus(answer, 200);
    assert.deepEqual(answer.json, { data: { terminated: 1 } });
    assertRefused(await server.users.me(logins[0].jwt), 'logout');
    await assertNoRefresh(logins[0]);
    assertStatus(await server.users.me(logins[1].jwt), 200);
    const states = (await server.admin.sessionsOf(user.id)).map(({ state }) => state);
    assert.deepEqual(states, ['active', 'terminated']);
  });

  it('are all terminated together', async () => {
    const { logins, username } = await userWith(3);
    const answer = await server.users.own(logins[0].jwt, 'POST', '/logout-all');
    assertStatus(answer, 200);
    assert.deepEqual(answer.json, { data: { terminated: 3 } });
    for (const login of logins) {
      assertRefused(await server.users.me(login.jwt), 'logout_all');
      await assertNoRefresh(login);
    }
    assertStatus(await server.users.me((await server.users.login(username)).jwt), 200);
  });

  it('are all terminated but the current one', async () => {
    const { logins } = await userWith(3);
    const stranger = await userWith(1);
    const current = logins[1];
    const answer = await server.users.own(current.jwt, 'POST', '/logout-others');
    assertStatus(answer, 200);
    assert.deepEqual(answer.json, { data: { terminated: 2 } });
    for (const other of [logins[0], logins[2]]) {
      assertRefused(await server.users.me(other.jwt), 'logout_others');
      await assertNoRefresh(other);
    }
    assertStatus(await server.users.me(current.jwt), 200);
    assertStatus(await server.users.me(stranger.logins[0].jwt), 200);
    if (hasRefreshTokens(mode)) {
      const { jwt } = await server.users.refresh(current.refreshToken);
      assertStatus(await server.users.me(jwt), 200);
    }
  });

  it('are terminated by their id, which is no logout of another device', async () => {
    const { logins } = await userWith(2);
    const other = (await server.users.currentSession(logins[1].jwt)).id;
    const answer = await server.users.own(logins[0].jwt, 'DELETE', `/my-sessions/${other}`);
    assertStatus(answer, 200);
    assert.equal(answer.json.data.id, other);
    assert.equal(answer.json.data.state, 'terminated');
    assert.equal(answer.json.data.reason, 'logout_remote');
    const again = await server.users.own(logins[0].jwt, 'DELETE', `/my-sessions/${other}`);
    assertStatus(again, 200);
    assert.deepEqual(again.json, answer.json);
    assertRefused(await server.users.me(logins[1].jwt), 'logout_remote');
    await assertNoRefresh(logins[1]);
    const { id } = await server.users.currentSession(logins[0].jwt);
    assertStatus(await server.users.own(logins[0].jwt, 'DELETE', `/my-sessions/${id}`), 200);
    assertRefused(await server.users.me(logins[0].jwt), 'logout');
  });

  it('answer 404 for an id of someone else just as for one that is not', async () => {
    const mine = (await userWith(1)).logins[0];
    const theirs = (await userWith(1)).logins[0];
    const { id } = await server.users.currentSession(theirs.jwt);
    const foreign = await server.users.own(mine.jwt, 'DELETE', `/my-sessions/${id}`);
    assertStatus(foreign, 404);
    assert.equal(foreign.json.data, null);
    assert.equal(foreign.json.error.name, 'NotFoundError');
    for (const unknown of ['0'.repeat(32), '1', 'x%27--', '%00', 'a'.repeat(2000)]) {
      const answer = await server.users.own(mine.jwt, 'DELETE', `/my-sessions/${unknown}`);
      assert.equal(answer.status, foreign.status);
      assert.deepEqual(answer.json, foreign.json);
    }
    assertStatus(await server.users.me(theirs.jwt), 200);
  });

  it("are nobody's to see without a user", async () => {
    const routes = [
      ['GET', '/my-sessions'],
      ['GET', '/current-session'],
      ['POST', '/logout'],
      ['POST', '/logout-all'],
      ['POST', '/logout-others'],
      ['DELETE', '/my-sessions/1'],
    ];
    const apiToken = await server.admin.apiToken();
    for (const [method, path] of routes) {
      const anonymous = await server.users.own(undefined, method, path);
      assert.equal(anonymous.status, 403, `${method} ${path}: ${anonymous.text}`);
      const token = await server.users.own(apiToken, method, path);
      assert.equal(token.status, 401, `${method} ${path}: ${token.text}`);
      assert.equal(token.json.error.name, 'UnauthorizedError');
    }
  });

  if (hasRefreshTokens(mode)) {
    it('stay current and are terminated over every rotation', async () => {
      const { logins } = await userWith(1);
      const [{ jwt, refreshToken }] = logins;
      const { id } = await server.users.currentSession(jwt);
      const pairs = [await server.users.refresh(refreshToken)];
      pairs.push(await server.users.refresh(pairs[0].refreshToken));
      for (const pair of pairs) {
        assert.equal((await server.users.currentSession(pair.jwt)).id, id);
      }
      assertStatus(await server.users.own(pairs[1].jwt, 'POST', '/logout'), 200);
      for (const each of [jwt, pairs[0].jwt, pairs[1].jwt]) {
        assertRefused(await server.users.me(each), 'logout');
      }
      await assertNoRefresh(pairs[1]);
      const rows = server.database.rows(
        'select count(*) as n from strapi_sessions where user_id = ?',
        String(logins[0].user.id),
      );
      assert.equal(rows[0].n, 0);
    });
  }
});

describe('A refresh token kept in a cookie', () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh', env: { UP_REFRESH_COOKIE: 'true' } });
  });
  after(() => server.dispose());

  for (const path of ['/logout', '/logout-all']) {
    it(`is taken back and useless after ${path}`, async () => {
      const { username } = await server.users.register();
      const login = await server.users.tryLogin(username);
      assertStatus(login, 200);
      const cookie = login.headers['set-cookie'].map((line) => line.split(';')[0]).join('; ');
      const answer = await server.request('POST', `/api/magic-sessionmanager${path}`, {
        bearer: login.json.jwt,
        headers: { cookie },
      });
      assertStatus(answer, 200);
      const taken = answer.headers['set-cookie'].find((line) =>
        line.startsWith('strapi_up_refresh=;'),
      );
      assert.match(taken, /expires=Thu, 01 Jan 1970/i);
      assert.match(taken, /path=\//i);
      const refresh = await server.request('POST', '/api/auth/refresh', {
        headers: { cookie },
        body: {},
      });
      assertStatus(refresh, 401);
      assertNoToken(refresh);
    });
  }
});
