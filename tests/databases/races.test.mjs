import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLIENT } from '../support/database.mjs';
import { addCrowd } from '../support/databases/crowd.mjs';
import { assertRefused, assertStatus } from '../support/expect.mjs';
import { TestServer } from '../support/test-server.mjs';
import { pause, until } from '../support/until.mjs';

const DAY_MS = 86_400_000;

/** A tenth of them is idle for long, a fifth is marked. */
const CROWD = 40_000;

/** How long the database gives two transactions that wait for each other, and then some. */
const DEADLOCK_MS = 1500;

describe('The clean-up and others at the same rows', { concurrency: false }, () => {
  let server;
  before(async () => {
    const config = { inactivityTimeout: 30 * DAY_MS, absoluteTimeout: 365 * DAY_MS };
    server = await TestServer.start({ config });
    await server.admin.register();
  });
  after(() => server.dispose());

  const stateOf = (id) =>
    server.database.rows(`SELECT state FROM magic_sessions WHERE session_id = '${id}'`)[0].state;

  it('marks no session that is seen while it is at it', async () => {
    const { user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    const whose = `WHERE session_id = '${id}'`;
    server.database.run(`UPDATE magic_sessions SET last_seen_at_ms = 1 ${whose}`);
    server.database.close();
    const other = await server.database.connect();
    await other.run(CLIENT === 'sqlite' ? 'BEGIN IMMEDIATE' : 'BEGIN');
    await other.run(`UPDATE magic_sessions SET last_seen_at_ms = ${Date.now()} ${whose}`);
    const cleanUp = server.admin.cleanUp();
    await pause(DEADLOCK_MS);
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
    const lock = (id) => `UPDATE magic_sessions SET method = 'api' WHERE session_id = '${id}'`;
    const other = await server.database.connect();
    await other.run('BEGIN');
    // The database gives up whoever has done less.
    await other.run(`INSERT INTO weights VALUES ${Array(1000).fill('(1)')}`);
    await other.run(lock(last));
    const ending = server.admin.request(
      'POST',
      `/magic-sessionmanager/user/${json.user.id}/terminate-all`,
    );
    await pause(DEADLOCK_MS / 3);
    await other.run(lock(first)).catch(() => undefined);
    await pause(DEADLOCK_MS);
    await other.run('COMMIT');
    await other.end();
    assertStatus(await ending, 200);
    assertRefused(await server.users.me(json.jwt), 'admin');
    for (const id of ids) assert.equal(stateOf(id), 'terminated');
  };

  // SQLite lets nobody write while another does.
  if (CLIENT !== 'sqlite')
    it('ends sessions although the database broke a deadlock at their cost', breaksDeadlock);

  it('goes on where it was when it was killed', async () => {
    const inactive = () => {
      const sql = `SELECT count(*) AS n FROM magic_sessions WHERE state = 'inactive'`;
      return Number(server.database.rows(sql)[0].n);
    };
    const [like] = server.database.rows('SELECT access_token, refresh_token FROM magic_sessions');
    const before = inactive() + CROWD / 5;
    addCrowd(server.database, { sessions: CROWD, users: 1000, like });
    const cleanUp = server.admin.tryCleanUp().catch(() => undefined);
    await until('some are marked', () => inactive() > before);
    await server.crash();
    await cleanUp;
    server.database.run('UPDATE magic_session_jobs SET held_until_ms = 0');
    server.database.close();
    await server.boot();
    await server.admin.login();
    await server.admin.cleanUp();
    assert.equal(inactive(), before + CROWD / 10);
  });
});
