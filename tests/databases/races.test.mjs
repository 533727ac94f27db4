import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLIENT } from '../harness/databases/database.mjs';
import { addBulkSessions } from '../harness/fixtures/bulk-fixtures.mjs';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';
import { betweenCleanUps, pause, until } from '../harness/process/until.mjs';

const DAY_MS = 86_400_000;

/** A tenth of them is idle for long, a fifth is marked. SQLite is through with these soonest. */
const BULK_SESSIONS = CLIENT === 'sqlite' ? 200_000 : 100_000;

/** How long a clean-up may take to begin. */
const MOST_MS = 60_000;

/** How long a writer is kept waiting. */
const WAITING_MS = 1500;

describe('The clean-up and others at the same rows', { concurrency: false }, () => {
  let server;
  before(async () => {
    const timeouts = { inactivityTimeout: 30 * DAY_MS, absoluteTimeout: 365 * DAY_MS };
    server = await TestServer.start({ config: { ...timeouts, terminatedRetentionDays: -1 } });
    await server.admin.register();
  });
  after(() => server.dispose());

  const stateOf = (id) =>
    server.database.rows(
      `SELECT state FROM magic_sessionmanager_sessions WHERE session_id = '${id}'`,
    )[0].state;

  it('marks no session that is seen while it is at it', async () => {
    const { user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    const whose = `WHERE session_id = '${id}'`;
    await betweenCleanUps();
    server.database.run(`UPDATE magic_sessionmanager_sessions SET last_seen_at_ms = 1 ${whose}`);
    server.database.close();
    const other = await server.database.connect();
    await other.run(CLIENT === 'sqlite' ? 'BEGIN IMMEDIATE' : 'BEGIN');
    await other.run(
      `UPDATE magic_sessionmanager_sessions SET last_seen_at_ms = ${Date.now()} ${whose}`,
    );
    const cleanUp = server.admin.cleanUp();
    await pause(WAITING_MS);
    await other.run('COMMIT');
    await other.end();
    await cleanUp;
    assert.equal(stateOf(id), 'active');
  });

  const breaksDeadlock = async () => {
    const { username, json } = await server.users.register();
    await server.users.login(username);
    const ids = (await server.admin.sessionsOf(json.user.id)).map(({ id }) => id);
    server.database.run('CREATE TABLE weights (n int)');
    const [first, last] = ids.sort();
    const lock = (id) =>
      `UPDATE magic_sessionmanager_sessions SET method = 'api' WHERE session_id = '${id}'`;
    const other = await server.database.connect();
    let ending;
    try {
      await other.run('BEGIN');
      // The database rolls back the side that has done less.
      await other.run(`INSERT INTO weights VALUES ${Array(1000).fill('(1)')}`);
      await other.run(lock(last));
      const path = `/magic-sessionmanager/user/${json.user.id}/terminate-all`;
      ending = server.admin.request('POST', path);
      await until('Strapi waits for the last row', () => server.database.isWaitedFor());
      // Strapi holds the first row, so this comes back only once the deadlock is broken.
      await other.run(lock(first)).catch(() => undefined);
      await other.run('COMMIT');
    } finally {
      await other.end();
    }
    assertStatus(await ending, 200);
    assertRefused(await server.users.me(json.jwt), 'admin');
    for (const id of ids) assert.equal(stateOf(id), 'terminated');
  };

  // SQLite lets nobody write while another does.
  if (CLIENT !== 'sqlite')
    it('terminates sessions although the database broke a deadlock at their cost', breaksDeadlock);

  it('goes on marking where it was when it was killed', async () => {
    const marked = () => count(`state = 'inactive'`);
    const [like] = server.database.rows('SELECT refresh_token FROM magic_sessionmanager_sessions');
    const all = marked() + BULK_SESSIONS / 5 + BULK_SESSIONS / 10;
    const prepare = () =>
      addBulkSessions(server.database, { sessions: BULK_SESSIONS, users: 1000, like });
    await killCleanUp(prepare, () => all - marked());
    await server.admin.cleanUp();
    assert.equal(marked(), all);
  });

  it('goes on deleting where it was when it was killed', async () => {
    const old = () => count(`terminated_at_ms <= ${Date.now() - 90 * DAY_MS}`);
    const others = () => count(`coalesce(terminated_at_ms, 0) = 0`);
    const [before, kept] = [old(), others()];
    assert.equal(before, BULK_SESSIONS / 10);
    const prepare = () => server.admin.changeSettings({ terminatedRetentionDays: 90 });
    await killCleanUp(prepare, old);
    await server.admin.cleanUp();
    assert.equal(old(), 0);
    assert.equal(others(), kept);
  });

  it('resumes terminating where it was when it was killed', async () => {
    const ended = () => count(`reason = 'expired'`);
    const others = () => count(`reason = 'logout'`);
    const kept = others();
    assert.equal(ended(), 0);
    const prepare = () => server.admin.changeSettings({ absoluteTimeout: 50 * DAY_MS });
    await killCleanUp(prepare, () => BULK_SESSIONS / 10 - ended());
    await server.admin.cleanUp();
    assert.equal(ended(), BULK_SESSIONS / 10);
    assert.equal(others(), kept);
    assert.equal(
      count(`reason = 'expired' AND (state <> 'terminated' OR terminated_at_ms IS NULL)`),
      0,
    );
  });

  const count = (condition) => {
    const sql = `SELECT count(*) AS n FROM magic_sessionmanager_sessions WHERE ${condition}`;
    return Number(server.database.rows(sql)[0].n);
  };

  /** Says until when somebody else cleans up. */
  const holdCleanUpsUntil = (ms) =>
    server.database.run(
      `UPDATE magic_sessionmanager_jobs SET holder = 'another', held_until_ms = ${ms}`,
    );

  /**
   * Kills the server in the middle of a clean-up of what is prepared, of which so much is left, and
   * boots it again. The clean-up of the minute must not be there first.
   */
  async function killCleanUp(prepare, left) {
    await betweenCleanUps();
    holdCleanUpsUntil(Date.now() + DAY_MS);
    await prepare();
    const before = left();
    holdCleanUpsUntil(0);
    const cleanUp = server.admin.tryCleanUp().catch(() => undefined);
    const endsAtMs = Date.now() + MOST_MS;
    // Not `until`, which would look too seldom: it is to be killed in the middle.
    while (left() >= before) {
      assert.ok(Date.now() < endsAtMs, 'nothing of it is done');
      await new Promise(setImmediate);
    }
    await server.crash();
    await cleanUp;
    await until('nobody writes any more', () => server.database.isFree());
    assert.ok(left() > 0, 'it was killed too late to leave any');
    holdCleanUpsUntil(0);
    server.database.close();
    await server.boot();
    await server.admin.login();
  }
});
