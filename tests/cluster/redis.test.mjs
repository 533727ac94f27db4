import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { inBothModes } from '../harness/strapi/modes.mjs';
import { assertPushed, propagationMs } from '../harness/cluster/propagation.mjs';
import { RedisServer } from '../harness/redis/redis-server.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';
import { Traffic } from '../harness/cluster/traffic.mjs';
import { pause, until } from '../harness/process/until.mjs';

const LEASE_MS = 2000;

const TERMINATIONS = 15;

const A_SECOND_MS = 1000;

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

  it('refuse on B a session that was terminated on A far sooner than by the database alone', async () => {
    await assertPushed(cluster, TERMINATIONS);
  });

  it('hear of what follows after Redis was emptied', async () => {
    assert.equal(await redis.command('FLUSHALL'), '+OK');
    await assertPushed(cluster, TERMINATIONS);
  });

  it('keep the lease while Redis is dead, and are quick again when it is back', async () => {
    await redis.crash();
    await saying('continues without Redis', 1);
    assert.ok((await propagationMs(cluster)) <= LEASE_MS);
    assert.ok((await propagationMs(cluster)) <= LEASE_MS);

    await redis.boot();
    await saying('Redis is back', 1);
    await assertPushed(cluster, TERMINATIONS);
    await saying('continues without Redis', 1);
    await saying('Redis is back', 1);
  });

  it('keep the lease while Redis hangs, and are quick again when it goes on', async () => {
    const before = countOf(b.log, 'Redis is back');
    redis.pause();
    try {
      assert.ok((await propagationMs(cluster)) <= LEASE_MS);
      await saying('continues without Redis', before + 1);
      assert.ok((await propagationMs(cluster)) <= LEASE_MS);
    } finally {
      redis.resume();
    }
    await saying('Redis is back', before + 1);
    await assertPushed(cluster, TERMINATIONS);
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
  CREATE TRIGGER seen_recorder AFTER UPDATE ON magic_sessionmanager_sessions
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
    const beganAtMs = Date.now();
    const { jwt } = await cluster.signUp();
    cluster.database.run(RECORDER);
    const busy = cluster.instances.map((instance) => new Traffic(instance, jwt));
    await pause(BUSY_MS);
    await Promise.all(busy.map((traffic) => traffic.stop()));
    const tookMs = Date.now() - beganAtMs;
    await pause(LIMIT_MS / 2);
    const [{ moves }] = cluster.database.rows('SELECT count(*) AS moves FROM seen_log');
    assert.ok(moves >= 2, `it moved ${moves} times`);
    // Where Redis keeps both waiting for too long, both write.
    assert.ok(moves <= tookMs / LIMIT_MS + 1, `it moved ${moves} times in ${tookMs} ms`);
  });

  it('is shown alike by both within a second', async () => {
    const [a, b] = cluster.instances;
    const { jwt, user } = await cluster.signUp();
    const shownBy = async ({ admin }) => (await admin.sessionsOf(user.id))[0].lastSeenAt;
    const before = await shownBy(b);
    const moved = await until('it moves', async () => {
      assertStatus(await a.users.me(jwt), 200);
      const shown = await shownBy(a);
      return shown > before && shown;
    });
    await until('the other shows it', async () => (await shownBy(b)) >= moved, A_SECOND_MS);
  });

  it('is written whatever else stands where an instance claims to write it', async () => {
    const [a] = cluster.instances;
    const { jwt, user } = await cluster.signUp();
    const [{ id }] = await a.admin.sessionsOf(user.id);
    const lastSeenMs = () =>
      Number(
        cluster.database.rows(
          'SELECT last_seen_at_ms AS at FROM magic_sessionmanager_sessions WHERE session_id = ?',
          id,
        )[0].at,
      );
    for (const claim of ['anything', '9000000000000000', '1']) {
      const key = `magic-sessionmanager:{sessions}:seen:${id}`;
      assert.equal(await redis.command('SET', key, claim), '+OK');
      const before = lastSeenMs();
      await until('last seen moves', async () => {
        assertStatus(await a.users.me(jwt), 200);
        return lastSeenMs() > before;
      });
    }
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
      assert.equal(countOf(server.log, 'continues without Redis'), 1);
      assert.equal(server.log.includes(PASSWORD), false);
    } finally {
      await server.dispose();
    }
  });

  it('is not there loads nothing for it', async () => {
    const redis = await RedisServer.start();
    try {
      for (const [url, isLoaded] of [
        ['', false],
        [redis.url, true],
      ]) {
        const server = await TestServer.start({ env: { REDIS_URL: url }, isHosted: false });
        const has = async (name) => {
          const { json: files } = await server.request('GET', '/api/observer/modules');
          return files.some((file) => name.test(file));
        };
        assert.ok(await has(/\/node_modules\/jsonwebtoken\//));
        const client = /\/node_modules\/(@?redis)\//;
        // It is loaded beside the start, which does not wait for it.
        if (isLoaded) await until('the client is loaded', () => has(client));
        else assert.equal(await has(client), false);
        await server.dispose();
      }
    } finally {
      await redis.dispose();
    }
  });

  it('cannot be reached until later finds it then, and says so once', async () => {
    const redis = await RedisServer.start();
    await redis.crash();
    const server = await TestServer.start({ env: { REDIS_URL: redis.url } });
    try {
      await server.admin.register();
      const isConnected = async () => (await server.admin.status()).json.data.redis.connected;
      assert.equal(await isConnected(), false);
      await redis.boot();
      await until('Redis is used', isConnected);
      assert.equal(countOf(server.log, 'continues without Redis'), 1);
      assert.equal(countOf(server.log, 'Redis is back'), 1);
    } finally {
      await server.dispose();
      await redis.dispose();
    }
  });

  it('is shared with another app knows nothing of that, by prefix, in the database of the URL', async () => {
    const redis = await RedisServer.start();
    const apps = [];
    try {
      for (const prefix of ['one:', 'two:']) {
        const config = { redis: { url: `${redis.url}/3`, prefix } };
        const app = await TestServer.start({ config });
        apps.push(app);
        await app.admin.register();
      }
      for (const app of apps) {
        const counted = await until('the app has counted its instances', async () => {
          return (await app.admin.status()).json.data.instances;
        });
        assert.equal(counted, 1);
      }
      const keyspace = await redis.info('keyspace');
      assert.match(keyspace, /db3:keys=/);
      assert.doesNotMatch(keyspace, /db0:/);
    } finally {
      for (const app of apps) await app.dispose();
      await redis.dispose();
    }
  });

  for (const [name, options, blamed] of [
    ['has no URL', { env: { REDIS_URL: `:${PASSWORD}@` } }, 'REDIS_URL takes'],
    ['has a foreign URL', { config: { redis: `http://${PASSWORD}` } }, 'option "redis.url" takes'],
    ['has unknown options', { config: { redis: { host: PASSWORD } } }, 'option "redis" takes'],
    [
      'has two places',
      { config: { redis: { url: `redis://:${PASSWORD}@host`, cluster: { rootNodes: [{}] } } } },
      'option "redis" takes',
    ],
    [
      'has sentinels for no name',
      { config: { redis: { sentinel: { sentinelRootNodes: [{ host: PASSWORD }] } } } },
      'option "redis.sentinel" takes',
    ],
    [
      'has a cluster without nodes',
      { config: { redis: { cluster: { rootNodes: [], defaults: { password: PASSWORD } } } } },
      'option "redis.cluster" takes',
    ],
    [
      'has a cluster with a foreign URL',
      { config: { redis: { cluster: { rootNodes: [{ url: `http://${PASSWORD}` }] } } } },
      'option "redis.cluster.rootNodes" takes',
    ],
    [
      'has a URL without TLS, and TLS',
      {
        config: { redis: { url: `redis://:${PASSWORD}@host`, client: { socket: { tls: true } } } },
      },
      'option "redis.url" takes',
    ],
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
