import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { RedisServer } from '../harness/redis/redis-server.mjs';
import { until } from '../harness/process/until.mjs';

describe('The status of one of two instances with Redis', () => {
  let redis, cluster;
  before(async () => {
    redis = await RedisServer.start();
    cluster = await Cluster.start({ env: { REDIS_URL: redis.url } });
  });
  after(async () => {
    await cluster?.dispose();
    await redis.dispose();
  });

  const read = async (instance = cluster.instances[0]) => {
    const answer = await instance.admin.status();
    assertStatus(answer, 200);
    return answer.json.data;
  };

  /** Waits until an instance says something of itself, and gives all it says. */
  const saying = (what, check) =>
    until(`it says ${what}`, async () => {
      const status = await read();
      return check(status) && status;
    });

  it('counts both, and says how long Redis takes to answer', async () => {
    for (const instance of cluster.instances) {
      const { redis: view } = await until('both are counted', async () => {
        const status = await read(instance);
        return status.instances === 2 && status.redis.pingMs !== null && status;
      });
      assert.deepEqual([view.connected, view.awaySince], [true, null]);
      assert.ok(view.pingMs >= 0, String(view.pingMs));
    }
  });

  it('tells a Redis that hangs by a ping that waits longer and longer', async () => {
    redis.pause();
    try {
      await saying('that a ping waits', ({ redis: { pingMs } }) => pingMs > 1000);
    } finally {
      redis.resume();
    }
    const isAnswered = ({ redis: { connected, pingMs } }) =>
      connected && pingMs !== null && pingMs < 1000;
    await saying('that it is answered', isAnswered);
  });

  it('says since when Redis is away, and no longer once it is back', async () => {
    const before = Date.now();
    await redis.crash();
    const { redis: away } = await saying('it is away', (status) => !status.redis.connected);
    const sinceMs = Date.parse(away.awaySince);
    assert.ok(sinceMs >= before && sinceMs <= Date.now(), away.awaySince);
    assert.equal((await read()).redis.awaySince, away.awaySince);

    await redis.boot();
    const { redis: back } = await saying('it is back', (status) => status.redis.connected);
    assert.equal(back.awaySince, null);
  });
});
