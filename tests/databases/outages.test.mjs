import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLIENT } from '../harness/databases/database.mjs';
import { FULL_DISK, READ_ONLY_SESSIONS } from '../harness/sql/triggers.mjs';
import { assertNoToken, assertStatus } from '../harness/clients/assertions.mjs';
import { TcpProxy } from '../harness/network/tcp-proxy.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';
import { betweenCleanUps, pause, until } from '../harness/process/until.mjs';

const DAY_MS = 86_400_000;

/** By how many pages SQLite may grow: enough for a start of Strapi, and for some logins. */
const SPARE_PAGES = 20;

/** A stop gives up its statements after ten seconds, and drivers their connections after five. */
const MAX_STOP_MS = 40_000;

/** As long as ten dead connections keep polls waiting one after another. */
const MAX_DEAD_MS = 120_000;

describe('A database that fails', { concurrency: false }, () => {
  let server;
  let login;
  before(async () => {
    const config = { terminatedRetentionDays: 1, lastSeenRateLimit: 0 };
    server = await TestServer.start({ mode: 'refresh', config });
    await server.admin.register();
    login = await server.users.signUp();
  });
  after(() => server.dispose());

  const count = (text) => server.log.split(text).length - 1;

  const stateOf = (id) =>
    server.database.rows(
      `SELECT state FROM magic_sessionmanager_sessions WHERE session_id = '${id}'`,
    )[0]?.state;

  it('keeps nobody out who is known, and reports what cannot be written once', async () => {
    server.database.run(READ_ONLY_SESSIONS.damage);
    try {
      for (let request = 0; request < 10; request += 1)
        assertStatus(await server.users.me(login.jwt), 200);
      await until('it is reported', () => count('last seen could not be written') > 0);
      for (let request = 0; request < 10; request += 1)
        assertStatus(await server.users.me(login.jwt), 200);
    } finally {
      server.database.run(READ_ONLY_SESSIONS.remedy);
    }
    assert.equal(count('last seen could not be written'), 1);
    const before = Date.now();
    assertStatus(await server.users.me(login.jwt), 200);
    await until('last seen is written again', () => {
      const [row] = server.database.rows(
        'SELECT max(last_seen_at_ms) AS at FROM magic_sessionmanager_sessions',
      );
      return Number(row.at) >= before;
    });
  });

  it('leaves a clean-up undone that it would not let finish, and it is done later', async () => {
    const { user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    assertStatus(await server.admin.terminate(id), 200);
    server.database.run(
      `UPDATE magic_sessionmanager_sessions SET terminated_at_ms = terminated_at_ms - ${2 * DAY_MS}
       WHERE session_id = '${id}'`,
    );
    await betweenCleanUps();
    server.database.run(READ_ONLY_SESSIONS.damage);
    try {
      assertStatus(await server.admin.tryCleanUp(), 500);
    } finally {
      server.database.run(READ_ONLY_SESSIONS.remedy);
    }
    assert.equal(stateOf(id), 'terminated');
    assert.equal((await server.admin.cleanUp()).deleted, 1);
    assert.equal(stateOf(id), undefined);
  });

  it('that is full lets no login leave without its session', async () => {
    const { username } = await server.users.register();
    server.database.run(FULL_DISK.damage);
    try {
      const answer = await server.users.tryLogin(username);
      assertStatus(answer, 503);
      assertNoToken(answer);
    } finally {
      server.database.run(FULL_DISK.remedy);
    }
    assertStatus(await server.users.tryLogin(username), 200);
  });

  const runsFull = async () => {
    const { username } = await server.users.register();
    const [{ page_count: pages }] = server.database.rows('PRAGMA page_count');
    await server.restart({ DATABASE_MAX_PAGES: String(pages + SPARE_PAGES) });
    assertStatus(await server.users.me(login.jwt), 200);
    const answers = [];
    do answers.push(await server.users.tryLogin(username));
    while (answers.at(-1).status === 200);
    const refused = answers.pop();
    assertStatus(refused, 503);
    assertNoToken(refused);
    assertStatus(await server.users.me(login.jwt), 200);
    await server.restart({ DATABASE_MAX_PAGES: '' });
    assert.ok(answers.length > 0);
    for (const { json } of answers) assertStatus(await server.users.me(json.jwt), 200);
    assertStatus(await server.users.tryLogin(username), 200);
  };

  const restarts = async () => {
    const { username, json } = await server.users.register();
    await server.database.server.crash();
    assertNoToken(await server.users.tryLogin(username));
    await until('it is reported', () => count('cannot follow the database') > 0);
    const unknown = await server.users.me(json.jwt);
    assert.notEqual(unknown.status, 200, 'nothing is known without the database');
    await server.database.server.boot();
    await until('users can log in again', async () => {
      return (await server.users.tryLogin(username)).status === 200;
    });
    assertStatus(await server.users.me(json.jwt), 200);
    await until('it is followed again', () => count('the database can be followed again') > 0);
    assert.equal(count('cannot follow the database'), 1);
  };

  const isAwayAtTheStop = async () => {
    const { process } = server;
    // What a login leaves to be written later is written at a stop.
    assertStatus(await server.users.register(), 200);
    const logged = process.log.length;
    await server.database.server.crash();
    process.signal('SIGTERM');
    const code = await process.exited;
    await server.database.server.boot();
    const log = process.log.slice(logged);
    assert.equal(code, 0, log);
    assert.match(log, /magic-sessionmanager: the count of seals could not be stopped: /);
    // Whatever was started before it is stopped after it, and then Strapi is.
    assert.match(log, /Strapi has been shut down/);
    assert.doesNotMatch(log, /unhandled|^\s+at /im);
    await server.boot();
    assertStatus(await server.users.me(login.jwt), 200);
  };

  const fallsSilentBeforeTheStop = async () => {
    const way = await TcpProxy.start(server.database.server.port);
    try {
      await server.restart({ DATABASE_PORT: String(way.port) });
      const { process } = server;
      assertStatus(await server.users.me(login.jwt), 200);
      assertStatus(await server.users.register(), 200);
      way.silence();
      process.signal('SIGTERM');
      const code = await Promise.race([process.exited, pause(MAX_STOP_MS)]);
      assert.equal(code, 0, process.log);
      assert.match(process.log, /magic-sessionmanager: the \w[\w ]+ could not be stopped: /);
      assert.match(process.log, /Strapi has been shut down/);
      assert.doesNotMatch(process.log, /unhandled|^\s+at /im);
    } finally {
      await way.dispose();
    }
    await server.boot({ DATABASE_PORT: String(server.database.server.port) });
    assertStatus(await server.users.me(login.jwt), 200);
  };

  const losesItsConnections = async () => {
    const way = await TcpProxy.start(server.database.server.port);
    try {
      await server.restart({ DATABASE_PORT: String(way.port) });
      await server.users.me(login.jwt);
      way.silence();
      way.heal();
      await until('a poll got no answer', () => count('cannot follow the database') > 0);
      await until('it is followed again', () => count('can be followed again') > 0, MAX_DEAD_MS);
    } finally {
      // Strapi itself would wait for the connections that nobody has broken.
      way.cut();
      await server.restart({ DATABASE_PORT: String(server.database.server.port) });
      await way.dispose();
    }
  };

  const keepsBusy = async () => {
    const { username } = await server.users.register();
    server.database.close();
    const other = await server.database.connect();
    await other.run('BEGIN IMMEDIATE');
    const answer = server.users.tryLogin(username);
    setTimeout(() => void other.run('COMMIT').then(other.end), 1000);
    assertStatus(await answer, 200);
  };

  if (CLIENT === 'sqlite') {
    it('that another process keeps is waited for', keepsBusy);
    it('whose disk fills up loses no login that it has answered', runsFull);
  } else {
    it('that restarts stops neither Strapi nor a session', restarts);
    it('that is away when Strapi stops lets it stop in order', isAwayAtTheStop);
    it('that has fallen silent when Strapi stops lets it stop in order', fallsSilentBeforeTheStop);
    it('whose connections silently died is followed on others', losesItsConnections);
  }
});
