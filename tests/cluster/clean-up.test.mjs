import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { storeSessions } from '../harness/fixtures/stored-sessions.mjs';
import { betweenCleanUps, until } from '../harness/process/until.mjs';

const DAY_MS = 86_400_000;

/** Takes seconds to delete. */
const MANY = 60_000;
const OLD = {
  state: 'terminated',
  loggedInAgo: 50 * DAY_MS,
  lastSeenAgo: 40 * DAY_MS,
  terminatedAgo: 40 * DAY_MS,
};

describe('The clean-up of two instances', { concurrency: false }, () => {
  let cluster, a, b;
  before(async () => {
    cluster = await Cluster.start();
    [a, b] = cluster.instances;
    for (const { admin } of [a, b]) await admin.cleanUp();
  });
  after(() => cluster.dispose());

  const left = () => {
    const sql = `SELECT count(*) AS n FROM magic_sessionmanager_sessions WHERE state = 'terminated'`;
    return Number(cluster.database.rows(sql)[0].n);
  };

  it('is done by one of them, and the other says how far it has come', async () => {
    storeSessions(a, MANY, OLD);
    const running = a.admin.cleanUp();
    const { current } = await until('the other knows that some are deleted', async () => {
      const status = await b.admin.cleanUpStatus();
      return status.current?.deleted > 0 && status;
    });
    assert.ok(current.deleted < MANY, String(current.deleted));
    assertStatus(await b.admin.tryCleanUp(), 409);
    const report = await running;
    assert.equal(report.deleted, MANY);
    assert.equal(left(), 0);
    const { last } = await until('nothing is under way', async () => {
      const status = await b.admin.cleanUpStatus();
      return status.current === null && status;
    });
    assert.deepEqual(last, report);
  });

  it('is done once by whichever comes first when both begin at once', async () => {
    storeSessions(a, MANY, OLD);
    // The one that runs each minute may come before both.
    const answers = await until('one of them cleans up', async () => {
      const both = await Promise.all([a, b].map(({ admin }) => admin.tryCleanUp()));
      return both.some(({ status }) => status !== 409) && both;
    });
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    assert.equal(answers.find(({ status }) => status === 200).json.data.deleted, MANY);
    assert.equal(left(), 0);
  });

  it('is finished by the other once the one at it was killed and the lock has run out', async () => {
    storeSessions(a, MANY, OLD);
    await betweenCleanUps();
    const broken = a.admin.tryCleanUp().catch(() => undefined);
    await until('some are deleted', () => left() < MANY);
    await a.crash();
    await broken;
    // A server finishes the statement that its client no longer waits for.
    await until('nobody writes any more', () => cluster.database.isFree());
    const killedAt = left();
    assert.ok(killedAt > 0, 'it was killed too late to leave any');
    assertStatus(await b.admin.tryCleanUp(), 409);
    assert.equal(left(), killedAt);
    cluster.database.run(
      `UPDATE magic_sessionmanager_jobs SET held_until_ms = ${Date.now() - 10_000}`,
    );
    assert.equal((await b.admin.cleanUp()).deleted, killedAt);
    assert.equal(left(), 0);
  });
});
