import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLIENT } from '../../harness/databases/database.mjs';
import { DIALECT } from '../../harness/sql/dialect.mjs';
import { assertNoToken, assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { hasRefreshTokens, inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { betweenCleanUps, until } from '../../harness/process/until.mjs';
import { PASSWORD } from '../../harness/clients/users.mjs';

/** How a report ends whose database has no table of the journal. */
const NO_JOURNAL = {
  sqlite: /no such table: magic_sessionmanager_journal$/,
  postgres: /relation "(public\.)?magic_sessionmanager_journal" does not exist$/,
  mysql: /Table '[^']+\.magic_sessionmanager_journal' doesn't exist$/,
}[CLIENT];

const ADA = { type: 'admin', id: 1, name: 'Ada Admin' };
const SYSTEM = { type: 'system', id: null, name: null };
const VISITOR = { type: 'visitor', id: null, name: null };
/** Two logins, an end and the clean-up of the start. */
const ENTRIES = 4;

const NEW_PASSWORD = 'Better-Horse-2';
const DEFAULT_ABSOLUTE_MS = 30 * 86_400_000;

/** What an entry says, without its number, its instant and its user agent. */
const said = ({ what, who, why, ip }) => ({ what, who, why, ip });
const userWho = ({ id, username }) => ({ type: 'user', id, name: username });

inBothModes('The journal', (mode) => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode });
    await server.admin.register();
  });
  after(() => server.dispose());

  const sessionIdOf = async ({ user }) => (await server.admin.sessionsOf(user.id))[0].id;
  const entriesOf = async (id) =>
    (await server.admin.journal(`filters[sessionId]=${id}`)).json.data.map(said);

  /** What of a session has been written so far; asking the API would hurry that. */
  const storedOf = (id) => {
    const sql = 'SELECT what FROM magic_sessionmanager_journal WHERE session_id = ? ORDER BY id';
    return server.database.rows(sql, id).map(({ what }) => what);
  };

  it('records a login and an administrator who terminates the session, each once', async () => {
    const person = await server.users.signUp();
    const id = await sessionIdOf(person);
    const ends = [1, 2, 3].map(() => server.admin.terminate(id));
    for (const answer of await Promise.all(ends)) assertStatus(answer, 200);
    const ip = '127.0.0.1';
    assert.deepEqual(await entriesOf(id), [
      { what: 'session.terminated', who: ADA, why: 'admin', ip },
      { what: 'session.created', who: userWho(person.user), why: 'register', ip },
    ]);
  });

  it('tells of users who log out', async () => {
    const person = await server.users.signUp();
    const id = await sessionIdOf(person);
    assertStatus(await server.users.own(person.jwt, 'POST', '/logout'), 200);
    const [end] = await entriesOf(id);
    assert.deepEqual([end.why, end.who], ['logout', userWho(person.user)]);
  });

  it('tells who blocked a user, changed a password or reset it', async () => {
    const blocked = await server.users.signUp();
    await server.admin.editUser(blocked.user.id, { blocked: true });
    const [block] = await entriesOf(await sessionIdOf(blocked));
    assert.deepEqual([block.why, block.who], ['user_blocked', ADA]);

    const person = await server.users.signUp();
    const id = await sessionIdOf(person);
    const { user } = person;
    const passwords = { password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD };
    const change = { currentPassword: PASSWORD, ...passwords };
    const path = '/api/auth/change-password';
    assertStatus(await server.request('POST', path, { bearer: person.jwt, body: change }), 200);
    const [end] = await entriesOf(id);
    assert.deepEqual([end.why, end.who], ['password_changed', userWho(user)]);

    const current = await sessionIdOf(person);
    const code = { resetPasswordToken: `code-${user.id}` };
    await server.request('POST', `/api/account/${user.id}/query`, { body: code });
    const reset = { code: code.resetPasswordToken, ...passwords };
    assertStatus(await server.request('POST', '/api/auth/reset-password', { body: reset }), 200);
    const [last] = await entriesOf(current);
    assert.deepEqual([last.why, last.who], ['password_changed', userWho(user)]);
  });

  it('tells of what code of the app does, and of API tokens', async () => {
    const person = await server.users.signUp();
    const apiToken = await server.admin.apiToken();
    const path = `/api/users/${person.user.id}`;
    const body = { blocked: true };
    assertStatus(await server.request('PUT', path, { bearer: apiToken, body }), 200);
    const [end] = await entriesOf(await sessionIdOf(person));
    assert.equal(end.who.type, 'api-token');
    assert.equal(typeof end.who.id, 'number');
  });

  const blocksOf = async ({ id }) => {
    const { data } = (await server.admin.journal(`filters[userId]=${id}`)).json;
    return data
      .filter(({ what }) => what.startsWith('user.'))
      .map(({ what, who }) => [what, who.name ?? who.type])
      .reverse();
  };
  const change = async ({ id }, way, data) =>
    assertStatus(await server.request('POST', `/api/account/${id}/${way}`, { body: data }), 200);

  it('tells who blocked and unblocked a user, once per change, whichever code did it', async () => {
    const apiToken = await server.admin.apiToken('blocking');
    const byApiToken = async ({ id }, blocked) => {
      const options = { bearer: apiToken, body: { blocked } };
      assertStatus(await server.request('PUT', `/api/users/${id}`, options), 200);
    };
    const ways = [
      [({ id }, blocked) => server.admin.block(id, blocked), 'Ada Admin'],
      [({ id }, blocked) => server.admin.editUser(id, { blocked }), 'Ada Admin'],
      [byApiToken, 'api-token'],
      [(user, blocked) => change(user, 'timer', { blocked }), 'system'],
      ...['documents', 'query', 'queryMany', 'service'].map((way) => [
        (user, blocked) => change(user, way, { blocked }),
        'visitor',
      ]),
    ];
    for (const [set, who] of ways) {
      const { user } = await server.users.signUp();
      for (const blocked of [true, true, false, false]) await set(user, blocked);
      assert.deepEqual(await blocksOf(user), [
        ['user.blocked', who],
        ['user.unblocked', who],
      ]);
    }
  });

  it('tells of a block while lifecycles are off, and of none that is rolled back', async () => {
    const { user } = await server.users.signUp();
    await change(user, 'rolledBack', { blocked: true });
    await change(user, 'query', { confirmed: true });
    assert.deepEqual(await blocksOf(user), []);
    await change(user, 'lifecycles', { on: false });
    try {
      await change(user, 'query', { blocked: true });
    } finally {
      await change(user, 'lifecycles', { on: true });
    }
    assert.deepEqual(await blocksOf(user), [['user.blocked', 'visitor']]);
  });

  it('tells once of a block by several administrators at the same time', async () => {
    const { user } = await server.users.signUp();
    await Promise.all([1, 2, 3, 4].map(() => server.admin.block(user.id)));
    assert.deepEqual(await blocksOf(user), [['user.blocked', 'Ada Admin']]);
  });

  it('tells of a login that failed, and nothing that was typed', async () => {
    const { username, json } = await server.users.register();
    const { id: userId, email } = json.user;
    const typed = 'Mistyped-Secret-77';
    const answer = await server.request('POST', '/api/auth/local', {
      body: { identifier: username, password: typed },
      headers: { 'user-agent': 'a test' },
    });
    assertStatus(answer, 400);
    const [entry] = (await server.admin.journal('filters[what]=login.failed')).json.data;
    const { id, at, ...rest } = entry;
    assert.ok(id > 0 && Date.parse(at) > 0);
    assert.deepEqual(rest, {
      what: 'login.failed',
      who: VISITOR,
      sessionId: null,
      userId,
      user: { id: userId, username, email },
      why: 'password',
      details: null,
      ip: '127.0.0.1',
      location: { country: null, network: 'private', city: null, asn: null, organization: null },
      userAgent: 'a test',
    });
    assert.equal(server.database.bytes().includes(typed), false);
  });

  if (hasRefreshTokens(mode)) {
    it('tells from where a refresh token was used a second time', async () => {
      const { refreshToken, ...person } = await server.users.signUp();
      const id = await sessionIdOf(person);
      await server.users.refresh((await server.users.refresh(refreshToken)).refreshToken);
      const replay = await server.request('POST', '/api/auth/refresh', {
        body: { refreshToken },
        headers: { 'user-agent': 'a thief' },
      });
      assertRefused(replay, 'refresh_reuse');
      const { data } = (await server.admin.journal(`filters[sessionId]=${id}`)).json;
      const [end, reuse] = data;
      assert.deepEqual(
        [end.what, end.why, end.who],
        ['session.terminated', 'refresh_reuse', SYSTEM],
      );
      assert.deepEqual(
        [reuse.what, reuse.why, reuse.who],
        ['session.refresh-reused', 'terminated', VISITOR],
      );
      assert.equal(reuse.userAgent, 'a thief');
    });
  }

  it('has what was noted just before a shutdown', async () => {
    const person = await server.users.signUp();
    const id = await sessionIdOf(person);
    assertStatus(await server.admin.terminate(id), 200);
    await server.stop();
    assert.deepEqual(storedOf(id), ['session.created', 'session.terminated']);
    await server.boot();
    await server.admin.login();
  });

  it('is written by itself, so that a process that is killed loses only the newest', async () => {
    const person = await server.users.signUp();
    const id = await sessionIdOf(person);
    assertStatus(await server.admin.terminate(id), 200);
    await until('the end is written', () => storedOf(id).includes('session.terminated'));
    await server.crash();
    assert.deepEqual(storedOf(id), ['session.created', 'session.terminated']);
    await server.boot();
    await server.admin.login();
    assertRefused(await server.users.me(person.jwt), 'admin');
  });

  it('keeps no login and no termination waiting or failing when it cannot be written', async () => {
    const rename = (from, to) => server.database.run(`ALTER TABLE ${from} RENAME TO ${to}`);
    const reports = () =>
      server.log.split('\n').filter((line) => line.includes('the journal could not be written'));
    const earlier = reports().length;
    rename('magic_sessionmanager_journal', 'journal_elsewhere');
    const person = await server.users.signUp();
    const id = await sessionIdOf(person);
    assertStatus(await server.admin.terminate(id), 200);
    assertRefused(await server.users.me(person.jwt), 'admin');
    assertStatus(await server.users.tryLogin(person.user.username), 200);
    await server.admin.journal();
    await server.admin.journal();
    rename('journal_elsewhere', 'magic_sessionmanager_journal');
    assert.deepEqual(
      (await entriesOf(id)).map(({ what }) => what),
      ['session.token-refused', 'session.terminated', 'session.created'],
    );
    const [report, ...others] = reports().slice(earlier);
    assert.deepEqual(others, [], 'a failure that lasts is reported once');
    assert.match(report, NO_JOURNAL);
    assert.equal(report.includes('127.0.0.1'), false, 'and tells nothing of the entries');
  });

  it('adds nothing a session could be taken over with', async () => {
    const person = await server.users.signUp();
    const id = await sessionIdOf(person);
    const answer = await server.admin.session(id);
    assertStatus(answer, 200);
    assertNoToken(answer);
    const { stored, history } = answer.json.data;
    const { id: keyId } = (await server.admin.status()).json.data.key;
    const sealed = { kept: 'sealed', keyId, key: 'primary' };
    const refresh = hasRefreshTokens(mode) ? sealed : null;
    assert.deepEqual(stored, { refresh });
    assert.deepEqual(history.map(said), await entriesOf(id));
    assert.equal(history.length, 1);
    assertNoToken(await server.admin.journal());
  });
});

describe('The journal', () => {
  let server;
  let people;
  before(async () => {
    const config = { storeTokens: false, onInactive: 'terminate' };
    server = await TestServer.start({ config });
    await server.admin.register();
    people = [await server.users.signUp(), await server.users.signUp()];
    await server.admin.terminateAll(people[0].user.id);
    await until('the clean-up of the start is noted', async () => {
      const { data } = await read('filters[what]=clean-up.finished');
      return data.length > 0;
    });
  });
  after(() => server.dispose());

  const read = async (query) => {
    const answer = await server.admin.journal(query);
    assertStatus(answer, 200);
    return answer.json;
  };

  it('comes in pages, newest first, that together hold every entry once', async () => {
    const seen = [];
    for (const page of [1, 2, 3, 4]) {
      const { data, meta } = await read(`pagination[page]=${page}&pagination[pageSize]=1`);
      assert.equal(meta.pagination.pageSize, 1);
      seen.push(...data.map(({ id }) => id));
    }
    assert.equal(new Set(seen).size, ENTRIES);
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => b - a),
    );
    assert.equal((await read('pagination[pageSize]=1')).meta.pagination.total, ENTRIES);
  });

  it('is filtered by user, session, event and time', async () => {
    const [{ user }] = people;
    const total = async (query) => (await read(query)).meta.pagination.total;
    assert.equal(await total(`filters[userId]=${user.id}`), 2);
    assert.equal(await total(`filters[userId]=${user.id}&filters[what]=session.created`), 1);
    assert.equal(await total('filters[sessionId]=unknown'), 0);
    const now = encodeURIComponent(new Date(Date.now() + 1000).toISOString());
    assert.equal(await total(`filters[at][$gte]=${now}`), 0);
    assert.equal(await total(`filters[at][$lte]=${now}`), ENTRIES);
  });

  it('names the parameter that is wrong', async () => {
    const cases = [
      ['pagination[page]=0', 'pagination[page]'],
      ['pagination[pageSize]=101', 'pagination[pageSize]'],
      ['filters[userId]=x', 'filters[userId]'],
      ['filters[what]=everything', 'filters[what]'],
      ['filters[what][]=everything', 'filters[what]'],
      ['filters[at]=today', 'filters[at]'],
      ['filters[at][$gte]=today', 'filters[at][$gte]'],
      ['filters[at][$gt]=2026-01-01', 'filters[at]'],
      ['filters[ip]=127.0.0.1', 'filters'],
      ['filters=all', 'filters'],
      [`filters[sessionId]=${'x'.repeat(101)}`, 'filters[sessionId]'],
      ['filters[sessionId]=%00', 'filters[sessionId]'],
    ];
    for (const [query, field] of cases) {
      const answer = await server.admin.journal(query);
      assertStatus(answer, 400);
      assert.equal(answer.json.error.details.field, field, query);
    }
  });

  it('is not corrupted by the names in a failed login', async () => {
    const name = `\0\x1b[31m\nINFO\u202e\u2028${'x'.repeat(1000)}`;
    const provider = encodeURIComponent(name);
    const answer = await server.request('GET', `/api/auth/${provider}/callback`);
    assert.ok(answer.status >= 400, answer.text);
    const [entry] = (await read('filters[what]=login.failed')).data;
    assert.match(entry.why, /^oauth:\[31m INFO {2}x+$/);
    assert.ok(entry.why.length <= 100);
    assert.doesNotMatch(server.log, /[\u202e\u2028]/);
    const { json } = await server.request('GET', '/api/observer/events');
    const { method } = json.findLast((event) => event.name === 'login.failed');
    assert.equal(method, entry.why);
  });

  it('tells who changed which option from what to what', async () => {
    assertStatus(await server.admin.changeSettings({ absoluteTimeout: 3_600_000 }), 200);
    const both = { absoluteTimeout: 7_200_000, strict: true };
    assertStatus(await server.admin.changeSettings(both), 200);
    assertStatus(await server.admin.changeSettings({ absoluteTimeout: 7_200_000 }), 200);
    assertStatus(await server.admin.changeSettings({ absoluteTimeout: null, strict: null }), 200);
    assertStatus(await server.admin.changeSettings({ absoluteTimeout: null }), 200);
    assertStatus(await server.admin.changeSettings({ absoluteTimeout: -1 }), 400);
    assertStatus(await server.admin.changeSettings({}), 200);
    const { data } = await read('filters[what]=settings.changed');
    assert.deepEqual(
      data.map(({ who, details }) => ({ who, details })),
      [
        {
          who: ADA,
          details: {
            absoluteTimeout: { from: 7_200_000, to: DEFAULT_ABSOLUTE_MS, reset: true },
            strict: { from: true, to: false, reset: true },
          },
        },
        {
          who: ADA,
          details: {
            absoluteTimeout: { from: 3_600_000, to: 7_200_000 },
            strict: { from: false, to: true },
          },
        },
        { who: ADA, details: { absoluteTimeout: { from: DEFAULT_ABSOLUTE_MS, to: 3_600_000 } } },
      ],
    );
  });

  it('records clean-ups, and sessions that were terminated by their age', async () => {
    const [{ id }] = await server.admin.sessionsOf(people[1].user.id);
    await betweenCleanUps();
    server.database.run(
      `UPDATE magic_sessionmanager_sessions SET last_seen_at_ms = last_seen_at_ms - 3600000
       WHERE session_id = '${id}'`,
    );
    await server.admin.cleanUp();
    const [end] = (await read(`filters[sessionId]=${id}`)).data;
    assert.deepEqual([end.why, end.who, end.ip], ['idle', SYSTEM, null]);
    const [run] = (await read('filters[what]=clean-up.finished')).data;
    assert.deepEqual(run.who, ADA);
    assert.equal(run.details.terminated, 1);
  });

  it('says that no token is kept, or only a fingerprint of an earlier version', async () => {
    const { user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    const stored = async () => (await server.admin.session(id)).json.data.stored;
    assert.deepEqual(await stored(), { refresh: null });
    server.database.run(
      `UPDATE magic_sessionmanager_sessions SET refresh_token = '${'a'.repeat(43)}' WHERE session_id = '${id}'`,
    );
    assert.deepEqual(await stored(), { refresh: { kept: 'fingerprint' } });
  });

  it('names the user an entry is about, for as long as there is the account', async () => {
    const { user } = await server.users.signUp();
    const { id, username, email } = user;
    const about = async () => (await read(`filters[userId]=${id}`)).data.map((entry) => entry.user);
    assert.deepEqual(await about(), [{ id, username, email }]);
    await server.admin.deleteUser(id);
    const gone = { id, username: null, email: null };
    assert.deepEqual(await about(), [gone, gone], 'the login, and the end with the account');
  });

  const DAY_MS = 86_400_000;
  const ageAll = (days) =>
    server.database.run(
      `UPDATE magic_sessionmanager_journal SET at_ms = ${Date.now() - days * DAY_MS}`,
    );
  const left = () =>
    server.database.rows(
      "SELECT id FROM magic_sessionmanager_journal WHERE what <> 'clean-up.finished'",
    ).length;

  it('is kept for as long as journalRetentionDays says, and sessions are none of its business', async () => {
    const before = left();
    assert.ok(before > 0);
    ageAll(89);
    await server.admin.cleanUp();
    assert.equal(left(), before);
    assertStatus(await server.admin.changeSettings({ journalRetentionDays: -1 }), 200);
    await read();
    ageAll(5000);
    await server.admin.cleanUp();
    assert.equal(left(), before + 1);
    assertStatus(await server.admin.changeSettings({ journalRetentionDays: null }), 200);
    await read();
    ageAll(91);
    await server.admin.cleanUp();
    assert.equal(left(), 0);
  });

  it('is deleted at the next run with 0 days, however much there is, but not who set that', async () => {
    server.database.run(
      `INSERT INTO magic_sessionmanager_journal (at_ms, what, actor_type)
       SELECT ${Date.now()} - i, 'login.failed', 'visitor' FROM ${DIALECT.numbers(10_000)}`,
    );
    assertStatus(await server.admin.changeSettings({ journalRetentionDays: 0 }), 200);
    await read();
    await server.admin.cleanUp();
    const settings = async () => (await read('filters[what]=settings.changed')).data;
    const journalRetentionDays = { from: 90, to: 0 };
    const [entry, ...others] = await settings();
    assert.deepEqual([entry.who, entry.details], [ADA, { journalRetentionDays }]);
    assert.equal(left(), 1 + others.length);
    ageAll(29);
    await server.admin.cleanUp();
    assert.equal((await settings()).length, 1 + others.length);
    ageAll(31);
    await server.admin.cleanUp();
    assert.deepEqual(await settings(), []);
    assert.equal(left(), 0);
  });
});
