import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  chance,
  SimulatedInstance,
  SimulatedTime,
} from '../harness/modules/simulated-instance.mjs';

const LEASE_MS = 2000;
const SECOND = 1000;

describe('What one instance knows of the sessions', () => {
  let time, instance;
  beforeEach(() => {
    time = new SimulatedTime();
    time.takeOver();
  });
  afterEach(async () => {
    await time.finish(instance.feed.stop());
    time.release();
  });

  /** Starts an instance that knows the given sessions. */
  async function started(sessionIds, capacity) {
    instance = new SimulatedInstance(time, capacity);
    instance.feed.start();
    await pass(SECOND / 2);
    for (const sessionId of sessionIds) {
      instance.begin(sessionId);
      assert.equal(await asked(sessionId), true);
    }
  }

  const pass = (ms) => time.run(time.nowMs + ms);

  const asked = (sessionId) => time.finish(instance.accepts(sessionId));

  it('renews by the poll alone, without a read of the row', async () => {
    await started(['a']);
    const reads = instance.rowReads;
    for (let seconds = 0; seconds < 120; seconds += 5) {
      await pass(5 * SECOND);
      assert.equal(await asked('a'), true);
    }
    assert.equal(instance.rowReads, reads);
  });

  it('does not read the row of a session that rested for less than two minutes', async () => {
    await started(['a']);
    const reads = instance.rowReads;
    await pass(119 * SECOND);
    assert.equal(await asked('a'), true);
    assert.equal(instance.rowReads, reads);
  });

  it('reads it sooner where it may be marked inactive sooner', async () => {
    await started(['a']);
    instance.inactivityTimeoutMs = 90 * SECOND;
    const reads = instance.rowReads;
    await pass(91 * SECOND);
    assert.equal(await asked('a'), true);
    assert.equal(instance.rowReads, reads + 1);
  });

  it('reads the row of a session that rested for longer', async () => {
    await started(['a']);
    const reads = instance.rowReads;
    await pass(121 * SECOND);
    instance.rows.delete('a');
    assert.equal(await asked('a'), false);
    assert.equal(instance.rowReads, reads + 1);
  });

  for (const [name, terminatedAgoMs] of [
    ['whose writer is 10 s behind, committed late', 14 * SECOND],
    ['whose writer is 10 s ahead', -10 * SECOND],
  ]) {
    it(`learns of an end ${name}, from the poll alone`, async () => {
      await started(['a']);
      await pass(20 * SECOND);
      instance.end('a', time.nowMs - terminatedAgoMs);
      await pass(LEASE_MS);
      const reads = instance.rowReads;
      assert.equal(await asked('a'), false);
      assert.equal(instance.rowReads, reads);
    });
  }

  it('learns of an end far outside the window one poll after the next request', async () => {
    await started(['a']);
    instance.end('a', 1);
    await pass(30 * SECOND);
    await asked('a');
    await pass(SECOND);
    assert.equal(await asked('a'), false);
  });

  it('trusts nothing for longer than the lease while the database is away', async () => {
    await started(['a']);
    instance.isAway = () => true;
    await pass(LEASE_MS + SECOND);
    assert.equal(await asked('a'), false);
    assert.equal(instance.reports.length, 1);
    instance.isAway = () => false;
    await pass(2 * SECOND);
    assert.equal(await asked('a'), true);
    assert.deepEqual(instance.reports.slice(1), [null]);
  });

  it('misses no end of a time in which it could not poll', async () => {
    await started(['a', 'b']);
    instance.isAway = () => true;
    await pass(SECOND);
    instance.end('a', time.nowMs);
    await pass(40 * SECOND);
    instance.isAway = () => false;
    await pass(2 * SECOND);
    assert.equal(await asked('a'), false);
    const reads = instance.rowReads;
    assert.equal(await asked('b'), true);
    assert.equal(instance.rowReads, reads, 'the poll had covered the gap');
  });

  it('asks for every session again after more ends than it reads', async () => {
    await started(['z', 'y']);
    for (let index = 0; index < 10_050; index += 1) {
      instance.begin(`many${index}`);
      instance.end(`many${index}`, time.nowMs - SECOND);
    }
    instance.end('z', time.nowMs);
    await pass(3 * SECOND);
    const reads = instance.rowReads;
    assert.equal(await asked('z'), false);
    assert.equal(await asked('y'), true);
    assert.equal(instance.rowReads, reads + 2);
  });

  it('holds no more sessions than it may, those that came last', async () => {
    await started(['a', 'b', 'c', 'd'], 2);
    const reads = instance.rowReads;
    for (const sessionId of ['c', 'd']) assert.equal(await asked(sessionId), true);
    assert.equal(instance.rowReads, reads);
    for (const sessionId of ['a', 'b', 'c']) assert.equal(await asked(sessionId), true);
    assert.equal(instance.rowReads, reads + 3);
  });

  it('loses no end to an eviction', async () => {
    await started(['a'], 1);
    instance.latencyMs = () => 400;
    const unknown = instance.accepts('c');
    instance.begin('b');
    const underWay = instance.accepts('b');
    await pass(250);
    instance.end('b', time.nowMs);
    instance.cache.terminate('b', 'admin');
    assert.equal(await time.finish(unknown), false);
    assert.equal(await time.finish(underWay), false);
    instance.latencyMs = () => 1;
    assert.equal(await asked('a'), true, 'evicts b');
    assert.equal(await asked('b'), false);
  });

  it('keeps no read that began before a hint', async () => {
    await started([]);
    instance.begin('a');
    instance.latencyMs = () => 400;
    const underWay = instance.accepts('a');
    await pass(300);
    instance.end('a', time.nowMs);
    instance.cache.forget('a');
    assert.equal(await time.finish(underWay), true, 'it was asked before the end');
    instance.latencyMs = () => 1;
    assert.equal(await asked('a'), false);
  });

  it('trusts no read that took longer than the lease, and asks again', async () => {
    await started([]);
    instance.begin('a');
    instance.begin('b');
    instance.latencyMs = () => 5 * SECOND;
    const [ending, living] = [instance.accepts('a'), instance.accepts('b')];
    // By now the answers are on their way, and say that both go on.
    await pass(2.6 * SECOND);
    instance.end('a', time.nowMs);
    instance.latencyMs = () => 1;
    assert.equal(await time.finish(ending), false);
    assert.equal(await time.finish(living), true);
  });

  it('refuses while every answer takes longer than the lease, and no longer', async () => {
    await started([]);
    await time.finish(instance.feed.stop());
    instance.begin('a');
    instance.latencyMs = () => 3 * SECOND;
    assert.equal(await asked('a'), false);
    assert.ok(instance.rowReads <= 2, `${instance.rowReads} reads for one request`);
    instance.latencyMs = () => 1;
    assert.equal(await asked('a'), true);
  });

  it('lets no request join a read that hangs', async () => {
    await started(['a']);
    await time.finish(instance.feed.stop());
    await pass(LEASE_MS);
    instance.latencyMs = () => 20 * SECOND;
    const hanging = instance.accepts('a');
    await pass(11 * SECOND);
    instance.end('a', time.nowMs);
    await pass(SECOND);
    instance.latencyMs = () => 1;
    assert.equal(await asked('a'), false);
    assert.equal(await time.finish(hanging), false, 'the end is known by then');
  });
});

const RUNS = 150;
const RUN_MS = 90 * SECOND;
const SESSIONS = 6;
const CAPACITY = 3;

describe('The lease', () => {
  it(`holds in ${RUNS} runs with faults and clocks drawn at random`, async () => {
    let accepted = 0;
    let refused = 0;
    let busiest = 0;
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const history = await run(seed);
      for (const { sessionId, acceptedAtMs } of history.requests) {
        const passed = acceptedAtMs !== null;
        if (passed) accepted += 1;
        else refused += 1;
        const endedAtMs = history.ends.get(sessionId) ?? Number.POSITIVE_INFINITY;
        const lateMs = acceptedAtMs - endedAtMs;
        if (passed && lateMs > 0) busiest = Math.max(busiest, lateMs);
        assert.ok(
          !passed || lateMs <= LEASE_MS,
          `seed ${seed}: accepted ${lateMs} ms after the end`,
        );
      }
    }
    assert.ok(accepted > 1000 && refused > 1000, `${accepted} accepted, ${refused} refused`);
    assert.ok(busiest > SECOND / 2, 'the runs never come near the lease, so they prove little');
  });
});

/** Runs one instance through a minute and a half of faults; gives what was asked and ended when. */
async function run(seed) {
  const random = chance(seed);
  const between = (from, to) => from + random() * (to - from);
  const time = new SimulatedTime();
  const readerSkewMs = between(-5, 5) * SECOND;
  const writerSkewMs = between(-5, 5) * SECOND;
  time.takeOver(readerSkewMs);
  const instance = new SimulatedInstance(time, CAPACITY);
  const start = time.nowMs;
  const ends = new Map();
  const requests = [];

  const awayFrom = start + between(10, 60) * SECOND;
  const awayUntil = awayFrom + between(0, 10) * SECOND;
  instance.isAway = () => time.nowMs > awayFrom && time.nowMs < awayUntil;
  instance.latencyMs = () => (random() < 0.02 ? between(1, 6) * SECOND : between(1, 200));

  const heldFrom = start + between(10, 60) * SECOND;
  time.at(heldFrom, () => (time.heldUntilMs = heldFrom + between(0, 10) * SECOND));

  for (let index = 0; index < SESSIONS; index += 1) {
    const sessionId = `session${index}`;
    instance.begin(sessionId);
    const decidedAt = start + between(5, 80) * SECOND;
    const committedAt = decidedAt + between(0, 4) * SECOND;
    time.at(committedAt, () => {
      instance.end(sessionId, decidedAt + writerSkewMs);
      ends.set(sessionId, committedAt);
      if (random() < 0.3)
        time.at(committedAt + 5, () => instance.cache.forget(sessionId), { inside: true });
    });
    const pauseMs = between(50, 8000);
    for (
      let at = start + between(0, pauseMs);
      at < start + RUN_MS;
      at += pauseMs * between(0.5, 1.5)
    ) {
      const request = { sessionId, acceptedAtMs: null };
      requests.push(request);
      const ask = async () => {
        if (await instance.accepts(sessionId)) request.acceptedAtMs = time.nowMs;
      };
      time.at(at, () => void ask(), { inside: true });
    }
  }

  instance.feed.start();
  await time.run(start + RUN_MS);
  await time.finish(instance.feed.stop());
  time.release();
  return { ends, requests };
}
