import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { RedisServer } from '../harness/redis/redis-server.mjs';
import { until } from '../harness/process/until.mjs';

const LEASE_MS = 2000;
const POLL_MS = 1000;
const CHANGES = 11;

const USERS = '/content-manager/collection-types/plugin::users-permissions.user';

// The age of an answer alone keeps no promise here: it is five times the lease.
const CONFIG = { principalCache: { maxAgeMs: 10_000 } };

describe('Two instances with the principal cache and Redis', () => {
  let redis, cluster, a, b, jwt, user;
  before(async () => {
    redis = await RedisServer.start();
    cluster = await Cluster.start({ config: CONFIG, env: { REDIS_URL: redis.url } });
    [a, b] = cluster.instances;
    ({ jwt, user } = await cluster.signUp());
  });
  after(async () => {
    await cluster?.dispose();
    await redis.dispose();
  });

  /** Returns the name of the user as the request knows it. */
  const nameOn = async (instance) => {
    const headers = { 'x-show-state': '1' };
    const answer = await instance.request('GET', '/api/articles', { bearer: jwt, headers });
    assertStatus(answer, 200);
    return JSON.parse(answer.headers['x-state']).user.name;
  };

  /** Changes the user on A, and returns how long B still answered as before. */
  async function delayOf(username) {
    await nameOn(b);
    const change = () => a.admin.request('PUT', `${USERS}/${user.documentId}`, { username });
    assertStatus(await cluster.write(change), 200);
    const changedAt = performance.now();
    assert.equal(await nameOn(a), username);
    await until('B knows of the change', async () => (await nameOn(b)) === username);
    return performance.now() - changedAt;
  }

  it('know of half of the changes by another one far sooner than by the database alone', async () => {
    const delays = [];
    for (let number = 0; number < CHANGES; number += 1) delays.push(await delayOf(`name${number}`));
    const [median] = delays.sort((one, other) => one - other).slice(Math.floor(CHANGES / 2));
    assert.ok(median < POLL_MS / 5, `half of them took ${median} ms or more`);
    assert.ok(delays.at(-1) <= LEASE_MS, `one took ${delays.at(-1)} ms`);
  });

  it('keep the lease while Redis is dead', async () => {
    await redis.crash();
    for (const name of ['dead1', 'dead2', 'dead3']) {
      const delay = await delayOf(name);
      assert.ok(delay <= LEASE_MS, `${name} took ${delay} ms`);
    }
  });
});
