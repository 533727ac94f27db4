import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { storeSessions } from '../../harness/fixtures/stored-sessions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { betweenCleanUps, until } from '../../harness/process/until.mjs';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Takes seconds to delete. */
const MANY = 60_000;
const ENDED = { state: 'terminated', loggedInAgo: 3 * DAY_MS, lastSeenAgo: 2 * DAY_MS };

describe('The clean-up', { concurrency: false }, () => {
  let server;
  before(async () => {
    const config = { terminatedRetentionDays: 1, inactivityTimeout: 15 * MINUTE_MS };
    server = await TestServer.start({ mode: 'refresh', config });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Makes a session that ended, or was last seen, so long ago; gives its id. */
  async function session({ endedMsAgo, seenMsAgo }) {
    const { user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    if (endedMsAgo) await server.admin.terminate(id);
    const column = endedMsAgo ? 'terminated_at_ms' : 'last_seen_at_ms';
    server.database.run(
      `UPDATE magic_sessionmanager_sessions SET ${column} = ${column} - ${endedMsAgo ?? seenMsAgo}
       WHERE session_id = '${id}'`,
    );
    return id;
  }

  const stateOf = (id) =>
    server.database.rows(
      'SELECT state FROM magic_sessionmanager_sessions WHERE session_id = ?',
      id,
    )[0]?.state;

  /** Makes the job look as if another instance were at it. */
  const hold = (untilMs) =>
    server.database.run(
      `UPDATE magic_sessionmanager_jobs SET holder = 'another', held_until_ms = ${untilMs}`,
    );

  const lastRunWas = (msAgo) =>
    server.database.run(
      `UPDATE magic_sessionmanager_jobs SET finished_at_ms = ${Date.now() - msAgo}`,
    );

  /** Gives how the clean-up stands unless one is under way, as there is each minute. */
  async function isRestful() {
    const status = await server.admin.cleanUpStatus();
    return status.current === null && status;
  }

  it('is done by one instance at a time', async () => {
    const old = await session({ endedMsAgo: 2 * DAY_MS });
    await server.admin.cleanUp();
    assert.equal(stateOf(old), undefined);

    const older = await session({ endedMsAgo: 2 * DAY_MS });
    hold(Date.now() + MINUTE_MS);
    assertStatus(await server.admin.tryCleanUp(), 409);
    assert.equal(stateOf(older), 'terminated');
  });

  it('is taken over from an instance that was killed at it', async () => {
    const old = await session({ endedMsAgo: 2 * DAY_MS });
    await betweenCleanUps();
    hold(Date.now() - MINUTE_MS);
    assertStatus(await server.admin.tryCleanUp(), 200);
    assert.equal(stateOf(old), undefined);
  });

  it('is done once, and told to the other, when two ask at once', async () => {
    await session({ endedMsAgo: 2 * DAY_MS });
    await server.admin.cleanUp();
    await betweenCleanUps();
    const answers = await Promise.all([server.admin.tryCleanUp(), server.admin.tryCleanUp()]);
    for (const { status } of answers) assert.ok([200, 409].includes(status), String(status));
    assert.ok(answers.some(({ status }) => status === 200));
  });

  it('is shown in the status of every instance, and in the log', async () => {
    const old = await session({ endedMsAgo: 2 * DAY_MS });
    const report = await server.admin.cleanUp();
    assert.equal(stateOf(old), undefined);
    assert.equal(report.deleted, 1);
    assert.ok(server.log.includes('0 terminated, 1 deleted in'));
    await server.restart();
    assert.deepEqual((await server.admin.status()).json.data.cleanUp, report);
  });

  it('says how far it has come while it is under way, on every instance', async () => {
    const restful = () => until('nothing is under way', isRestful);
    await restful();
    const begunAfter = Date.now();
    storeSessions(server, MANY, { ...ENDED, terminatedAgo: 2 * DAY_MS });
    const running = server.admin.cleanUp();
    const { last, current } = await until('some of them are deleted', async () => {
      const status = await server.admin.cleanUpStatus();
      return status.current?.deleted > 0 && status;
    });
    assert.ok(current.deleted < MANY, String(current.deleted));
    assert.deepEqual([current.inactive, current.terminated], [0, 0]);
    assert.ok(Date.parse(current.startedAt) >= begunAfter);
    assert.notEqual(last, null);
    const report = await running;
    assert.equal(report.deleted, MANY);
    assert.deepEqual((await restful()).last, report);
  });

  it('is let go of when Strapi stops, and taken up by the next start', async () => {
    const left = () => {
      const sql = `SELECT count(*) AS n FROM magic_sessionmanager_sessions WHERE state = 'terminated'`;
      return Number(server.database.rows(sql)[0].n);
    };
    storeSessions(server, MANY, { ...ENDED, terminatedAgo: 2 * DAY_MS });
    const running = server.admin.tryCleanUp().catch(() => undefined);
    await until('some of them are deleted', () => left() < MANY);
    await server.stop();
    await running;
    assert.ok(left() > 0, 'it was done before Strapi stopped');
    const [{ holder }] = server.database.rows('SELECT holder FROM magic_sessionmanager_jobs');
    assert.equal(holder, '');
    assert.doesNotMatch(server.log, /clean-up failed/);
    server.database.close();
    await server.boot();
    await server.admin.login();
    await server.admin.cleanUp();
    assert.equal(left(), 0);
  });

  it('makes up a night in which no instance ran, soon after the start', async () => {
    const old = await session({ endedMsAgo: 2 * DAY_MS });
    lastRunWas(2 * DAY_MS);
    await server.restart();
    await until('the old session is deleted', () => stateOf(old) === undefined);
  });

  it('deletes nothing before the planned time, and marks idle sessions all the same', async () => {
    const inAnHour = new Date(Date.now() + 60 * MINUTE_MS);
    const cleanupCron = `${inAnHour.getMinutes()} ${inAnHour.getHours()} * * *`;
    const config = { terminatedRetentionDays: 1, inactivityTimeout: 15 * MINUTE_MS, cleanupCron };
    const old = await session({ endedMsAgo: 2 * DAY_MS });
    const idle = await session({ seenMsAgo: 60 * MINUTE_MS });
    lastRunWas(0);
    await server.restart({ MAGIC_CONFIG: JSON.stringify(config) });
    await until('the idle session is marked', () => stateOf(idle) === 'inactive');
    assert.equal(stateOf(old), 'terminated');
  });

  it('deletes at the planned time, whatever else it was told before', async () => {
    const old = await session({ endedMsAgo: 2 * DAY_MS });
    lastRunWas(2 * 60 * MINUTE_MS);
    const anHourAgo = new Date(Date.now() - 60 * MINUTE_MS);
    const cleanupCron = `${anHourAgo.getMinutes()} ${anHourAgo.getHours()} * * *`;
    const config = { terminatedRetentionDays: 1, cleanupCron };
    await server.restart({ MAGIC_CONFIG: JSON.stringify(config) });
    await until('the old session is deleted', () => stateOf(old) === undefined);
  });
});
