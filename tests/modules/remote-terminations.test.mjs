import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  chance,
  SimulatedInstance,
  SimulatedTime,
} from '../harness/modules/simulated-instance.mjs';

const SECOND = 1000;

/** How far apart the clocks of writer and reader may be, and how late a commit may be. */
const OVERLAP = 15 * SECOND;

describe('The events for terminations by other instances', () => {
  let time, instance;
  beforeEach(() => {
    time = new SimulatedTime();
    time.takeOver();
    instance = new SimulatedInstance(time);
  });
  afterEach(async () => {
    await time.finish(instance.feed.stop());
    await time.finish(instance.remote.stop());
    time.release();
  });

  const pass = (ms) => time.run(time.nowMs + ms);

  /** Starts the instance, which then has polled. */
  async function start() {
    instance.feed.start();
    while (instance.feed.view().ageMs === null) await pass(10);
  }

  const terminated = () => instance.events.map(({ session }) => session.id);

  function begin(...sessionIds) {
    for (const sessionId of sessionIds) instance.begin(sessionId);
  }

  it('are emitted once, however often polls, confirmations and hints tell of it', async () => {
    begin('a');
    await start();
    await time.finish(instance.accepts('a'));
    await time.finish(instance.accepts('a'));
    instance.end('a', time.nowMs);
    for (let seconds = 0; seconds < 30; seconds += 1) {
      instance.remote.lookUp(['a']);
      await pass(SECOND);
    }
    assert.deepEqual(instance.events, [
      {
        name: 'session.terminated',
        session: { id: 'a', userId: 1, reason: 'admin' },
        heardFrom: 'another-instance',
      },
    ]);
  });

  it('are not emitted for what the instance itself wrote', async () => {
    begin('a');
    await start();
    instance.end('a', time.nowMs, true);
    instance.remote.lookUp(['a']);
    await pass(3 * SECOND);
    assert.deepEqual(instance.events, []);
  });

  it('are not emitted for what was committed before the start', async () => {
    for (let index = 0; index < 2500; index += 1) {
      begin(`old${index}`);
      instance.end(`old${index}`, time.nowMs - index);
    }
    begin('late', 'new');
    instance.revoke(7, { atMs: time.nowMs });
    await start();
    instance.end('late', time.nowMs - 10 * SECOND);
    instance.end('new', time.nowMs);
    await pass(2 * SECOND);
    assert.deepEqual(terminated().sort(), ['late', 'new']);
  });

  for (const [name, terminatedAgoMs] of [
    ['whose writer is 10 s behind, committed late', 14 * SECOND],
    ['whose writer is 10 s ahead', -10 * SECOND],
  ]) {
    it(`are emitted once for a termination ${name}`, async () => {
      begin('a');
      await start();
      await pass(20 * SECOND);
      instance.end('a', time.nowMs - terminatedAgoMs);
      await pass(40 * SECOND);
      assert.deepEqual(terminated(), ['a']);
    });
  }

  it('are emitted for all that happened while the database was away', async () => {
    begin('a', 'b');
    await start();
    instance.isAway = () => true;
    await pass(SECOND);
    instance.end('a', time.nowMs);
    instance.remote.lookUp(['a']);
    instance.revoke(7, {});
    await pass(40 * SECOND);
    instance.end('b', time.nowMs);
    instance.isAway = () => false;
    await pass(3 * SECOND);
    assert.deepEqual(
      instance.events.map(({ name, session, sessions }) => [name, session?.id ?? sessions.userId]),
      [
        ['session.terminated', 'a'],
        ['session.terminated', 'b'],
        ['sessions.revoked', 7],
      ],
    );
  });

  it('are emitted once for each of more terminations than a poll reads', async () => {
    const ids = Array.from({ length: 25_000 }, (_, index) => `many${index}`);
    begin(...ids);
    await start();
    for (const id of ids) instance.end(id, time.nowMs);
    // The database goes away while the instance reads on.
    const awayFrom = time.nowMs + SECOND + 15;
    instance.isAway = () => time.nowMs > awayFrom && time.nowMs < awayFrom + 2 * SECOND;
    await pass(OVERLAP + 5 * SECOND);
    assert.equal(instance.events.length, ids.length);
    assert.equal(new Set(terminated()).size, ids.length);
  });

  it('are not emitted again for a repeated termination, which is dated again', async () => {
    begin('a');
    await start();
    instance.end('a', time.nowMs);
    await pass(60 * SECOND);
    instance.end('a', time.nowMs);
    await pass(2 * SECOND);
    assert.deepEqual(terminated(), ['a']);
  });

  it('need no more memory than the terminations of one window and a limit', async () => {
    await time.finish(instance.feed.stop());
    instance = new SimulatedInstance(time, 1000, 10);
    await start();
    for (let seconds = 0; seconds < 60; seconds += 1) {
      const ids = Array.from({ length: 20 }, (_, index) => `at${seconds}-${index}`);
      begin(...ids);
      for (const id of ids) instance.end(id, time.nowMs);
      await pass(SECOND);
    }
    assert.equal(instance.events.length, 1200);
    assert.equal(new Set(terminated()).size, 1200);
    const size = instance.announced.size();
    assert.ok(size >= 300 && size < 400, `${size} are remembered`);
  });

  it('follow a hint at once, if the database says the same', async () => {
    begin('a', 'b');
    await start();
    instance.end('a', time.nowMs);
    instance.remote.lookUp(['a', 'b', 'unknown']);
    await pass(20);
    assert.deepEqual(terminated(), ['a']);
  });

  describe('of a user or of everyone', () => {
    const revoked = () => instance.events.map(({ sessions }) => [sessions.userId, sessions.reason]);

    it('are emitted once for each write', async () => {
      await start();
      instance.revoke(7, { reason: 'user_blocked' });
      await pass(5 * SECOND);
      instance.revoke(7, { atMs: time.nowMs, reason: 'password_changed' });
      await pass(5 * SECOND);
      instance.revoke(7, { atMs: time.nowMs - 1, isRevocation: false, reason: 'admin' });
      await pass(5 * SECOND);
      instance.revoke(0, { atMs: time.nowMs, reason: 'admin' });
      await pass(40 * SECOND);
      assert.deepEqual(revoked(), [
        [7, 'user_blocked'],
        [7, 'password_changed'],
        [7, 'admin'],
        ['everyone', 'admin'],
      ]);
      assert.ok(instance.events.every(({ heardFrom }) => heardFrom === 'another-instance'));
    });

    it('are emitted for a user who was revoked before the start, with the new reason', async () => {
      const longAgo = { writtenAtMs: time.nowMs - 600 * SECOND };
      instance.revoke(7, { atMs: 5, reason: 'user_blocked', ...longAgo });
      instance.revoke(8, { atMs: 5, reason: 'user_blocked', ...longAgo });
      await start();
      await pass(5 * SECOND);
      assert.deepEqual(revoked(), []);
      instance.revoke(7, { atMs: time.nowMs - 60, isRevocation: false, reason: 'admin' });
      instance.revoke(8, { reason: 'logout_all' });
      await pass(5 * SECOND);
      assert.deepEqual(revoked(), [
        [7, 'admin'],
        [8, 'logout_all'],
      ]);
    });

    it('are not emitted for own writes, whose commit a poll may see first', async () => {
      await start();
      const number = instance.revocations + 1;
      const write = instance.known.expect(7, { revocation: number, atMs: time.nowMs });
      instance.revoke(7, { atMs: time.nowMs });
      await pass(3 * SECOND);
      write.committed();
      await pass(3 * SECOND);
      assert.deepEqual(revoked(), []);
      instance.revoke(7, {});
      await pass(2 * SECOND);
      assert.deepEqual(revoked(), [[7, 'admin']]);
    });

    it('are emitted if an own write failed and another instance took its number', async () => {
      instance.revoke(7, {});
      await start();
      const write = instance.known.expect(7, { revocation: instance.revocations + 1 });
      await pass(2 * SECOND);
      instance.revoke(7, {});
      await pass(2 * SECOND);
      assert.deepEqual(revoked(), []);
      write.undone();
      await pass(2 * SECOND);
      assert.deepEqual(revoked(), [[7, 'admin']]);
    });
  });
});

const RUNS = 100;
const RUN_MS = 60 * SECOND;
const SESSIONS = 40;

describe('Each termination by another instance', () => {
  it(`is announced once in ${RUNS} runs with faults and clocks drawn at random`, async () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const { expected, events } = await run(seed);
      const heard = events.map(({ session, sessions }) => session?.id ?? `user ${sessions.userId}`);
      assert.deepEqual(heard.sort(), expected.sort(), `seed ${seed}`);
    }
  });
});

/** Runs one instance through a minute of faults; gives what it had to announce, and what it did. */
async function run(seed) {
  const random = chance(seed);
  const between = (from, to) => from + random() * (to - from);
  const time = new SimulatedTime();
  time.takeOver(between(-5, 5) * SECOND);
  const instance = new SimulatedInstance(time, 1000, 5);
  const writerSkewMs = between(-5, 5) * SECOND;
  const start = time.nowMs;
  const awayFrom = start + between(5, 40) * SECOND;
  const awayUntil = awayFrom + between(0, 20) * SECOND;
  instance.isAway = () => time.nowMs > awayFrom && time.nowMs < awayUntil;
  instance.latencyMs = () => (random() < 0.02 ? between(1, 6) * SECOND : between(1, 200));
  const heldFrom = start + between(5, 40) * SECOND;
  time.at(heldFrom, () => (time.heldUntilMs = heldFrom + between(0, 20) * SECOND));

  const expected = [];
  instance.feed.start();
  for (let index = 0; index < SESSIONS; index += 1) {
    const sessionId = `session${index}`;
    instance.begin(sessionId);
    const isOwn = random() < 0.2;
    const decidedAt = start + between(12, 55) * SECOND;
    const committedAt = decidedAt + between(0, 4) * SECOND;
    time.at(committedAt, () => instance.end(sessionId, decidedAt + writerSkewMs, isOwn));
    if (!isOwn) expected.push(sessionId);
    const hint = () => instance.remote.lookUp([sessionId]);
    if (random() < 0.5) time.at(committedAt + between(0, 3000), hint, { inside: true });
    if (random() < 0.3) {
      expected.push(`user ${index + 1}`);
      time.at(committedAt, () =>
        instance.revoke(index + 1, { writtenAtMs: decidedAt + writerSkewMs }),
      );
    }
  }
  await time.run(start + RUN_MS + 30 * SECOND);
  await time.finish(instance.feed.stop());
  await time.finish(instance.remote.stop());
  time.release();
  return { expected, events: instance.events };
}
