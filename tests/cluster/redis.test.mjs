import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Cluster } from '../support/cluster.mjs';
import { assertRefused, assertStatus } from '../support/expect.mjs';
import { inBothModes } from '../support/modes.mjs';
import { RedisServer } from '../support/redis-server.mjs';
import { TestServer } from '../support/test-server.mjs';
import { Traffic } from '../support/traffic.mjs';
import { pause, until } from '../support/until.mjs';

const LEASE_MS = 2000;

/** Half of this is what the database feed alone takes on average. */
const FEED_PERIOD_MS = 1000;

const TERMINATIONS = 15;

const countOf = (log, text) => log.split(text).length - 1;

inBothModes('Two instances with Redis', (mode) => {
  let redis, cluster, a, b;
  before(async () => {
    redis = await RedisServer.start();
    cluster = await Cluster.start({ mode, env: { REDIS_URL: redis.url } });
    [a, b] = cluster.instances;
  });
  after(async () => {
    await cluster?.dispose();
    await redis.dispose();
  });

  /** Ends a session on A while it is busy on B; gives how long B went on to accept it. */
  async function propagationMs() {
    const { jwt, user } = await cluster.signUp();
    const [{ id }] = await a.admin.sessionsOf(user.id);
    return Traffic.during(b, jwt, async (traffic) => {
      const acknowledgedAt = await cluster.terminate(id);
      await until('B refuses the session', () => traffic.refusal);
      assertRefused(traffic.refusal.answer, 'admin');
      const accepted = traffic.acceptedAfter(acknowledgedAt);
      return Math.max(0, ...accepted.map(({ sentAt }) => sentAt - acknowledgedAt));
    });
  }

  /** Ends many sessions; gives the time that half of them took at most. */
  async function medianMs() {
    const times = [];
    while (times.length < TERMINATIONS) times.push(await propagationMs());
    assert.ok(Math.max(...times) <= LEASE_MS, `${Math.max(...times)} ms`);
    return times.sort((one, other) => one - other)[Math.floor(TERMINATIONS / 2)];
  }

  it('refuse on B what was ended on A far sooner than the database tells', async () => {
    const median = await medianMs();
    assert.ok(median < FEED_PERIOD_MS / 5, `half of them took ${median} ms or more`);
  });

  it('hear of what follows after Redis was emptied', async () => {
    assert.equal(await redis.command('FLUSHALL'), '+OK');
    const median = await medianMs();
    assert.ok(median < FEED_PERIOD_MS / 5, `half of them took ${median} ms or more`);
  });

  it('keep the lease while Redis is dead, and are quick again when it is back', async () => {
    await redis.crash();
    await saying('goes on without Redis', 1);
    assert.ok((await propagationMs()) <= LEASE_MS);
    assert.ok((await propagationMs()) <= LEASE_MS);

    await redis.boot();
    await saying('Redis is back', 1);
    const median = await medianMs();
    assert.ok(median < FEED_PERIOD_MS / 5, `half of them took ${median} ms or more`);
    await saying('goes on without Redis', 1);
    await saying('Redis is back', 1);
  });

  it('keep the lease while Redis hangs, and are quick again when it goes on', async () => {
    const before = countOf(b.log, 'Redis is back');
    redis.pause();
    try {
      assert.ok((await propagationMs()) <= LEASE_MS);
      await saying('goes on without Redis', before + 1);
      assert.ok((await propagationMs()) <= LEASE_MS);
    } finally {
      redis.resume();
    }
    await saying('Redis is back', before + 1);
    const median = await medianMs();
    assert.ok(median < FEED_PERIOD_MS / 5, `half of them took ${median} ms or more`);
  });

  /** Waits until both instances have said something so many times, and no more often. */
  async function saying(text, times) {
    const said = ({ log }) => countOf(log, text) >= times;
    await until(`both say "${text}"`, () => [a, b].every(said));
    for (const { log } of [a, b]) assert.equal(countOf(log, text), times);
  }
});

const LIMIT_MS = 2000;
const BUSY_MS = 9000;

/** Makes the database itself write down every time that "last seen" of a session moves. */
const RECORDER = `
  CREATE TABLE seen_log (session_id TEXT, at INTEGER);
  CREATE TRIGGER seen_recorder AFTER UPDATE ON magic_sessions
  WHEN NEW.last_seen_at_ms <> OLD.last_seen_at_ms
  BEGIN INSERT INTO seen_log VALUES (NEW.session_id, NEW.last_seen_at_ms); END`;

describe('Last seen on two instances with Redis', () => {
  let redis, cluster;
  before(async () => {
    redis = await RedisServer.start();
    const env = { REDIS_URL: redis.url };
    cluster = await Cluster.start({ config: { lastSeenRateLimit: LIMIT_MS }, env });
  });
  after(async () => {
    await cluster?.dispose();
    await redis.dispose();
  });

  it('is written once per period by both together', async () => {
    const { jwt } = await cluster.signUp();
    cluster.database.run(RECORDER);
    const busy = cluster.instances.map((instance) => new Traffic(instance, jwt));
    await pause(BUSY_MS);
    await Promise.all(busy.map((traffic) => traffic.stop()));
    await pause(LIMIT_MS / 2);
    const [{ moves }] = cluster.database.rows('SELECT count(*) AS moves FROM seen_log');
    assert.ok(moves >= 2, `it moved ${moves} times`);
    assert.ok(moves <= BUSY_MS / LIMIT_MS, `it moved ${moves} times`);
  });
});

describe('An instance whose Redis', () => {
  const PASSWORD = 'redis-password-of-the-tests';

  it('cannot be reached starts without it and says so once', async () => {
    const env = { REDIS_URL: `redis://:${PASSWORD}@127.0.0.1:1` };
    const server = await TestServer.start({ env });
    try {
      const { jwt } = await server.users.signUp();
      assertStatus(await server.users.me(jwt), 200);
      await pause(LEASE_MS);
      assert.equal(countOf(server.log, 'goes on without Redis'), 1);
      assert.equal(server.log.includes(PASSWORD), false);
    } finally {
      await server.dispose();
    }
  });

  for (const [name, options, blamed] of [
    ['has no URL', { env: { REDIS_URL: `:${PASSWORD}@` } }, 'REDIS_URL takes'],
    ['has a foreign URL', { config: { redis: `http://${PASSWORD}` } }, 'option "redis.url" takes'],
    ['has unknown options', { config: { redis: { host: PASSWORD } } }, 'option "redis" takes'],
  ]) {
    it(`${name} does not start, and says why in one line`, async () => {
      const server = await TestServer.prepare(options);
      try {
        const process = await server.launch();
        assert.equal(await process.exited, 1);
        const lines = new Set(process.log.match(/magic-sessionmanager: .*/g));
        assert.equal(lines.size, 1, process.log);
        assert.ok([...lines][0].includes(blamed), process.log);
        assert.equal(process.log.includes(PASSWORD), false);
      } finally {
        await server.dispose();
      }
    });
  }
});
