import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { valkeyServer } from '../harness/tools/valkey.mjs';
import { Cluster } from '../harness/cluster/cluster.mjs';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { assertPushed } from '../harness/cluster/propagation.mjs';
import { RedisCluster } from '../harness/redis/redis-cluster.mjs';
import { RedisSentinel } from '../harness/redis/redis-sentinel.mjs';
import { RedisServer } from '../harness/redis/redis-server.mjs';
import { freePort } from '../harness/network/free-port.mjs';
import { TlsCertificates } from '../harness/network/tls-certificates.mjs';
import { until } from '../harness/process/until.mjs';

const TERMINATIONS = 5;

/** So many requests one user may send at once; one is earned back every second. */
const BURST = 60;
const REQUESTS = 20;

const KEY = 'magic-sessionmanager:{sessions}:instances';

/** Whoever does not say who it is may look at the server and do nothing. */
const STRANGER = 'default on nopass resetkeys -@all +ping +info +client';
const PASSWORD = 'p@ss:word/of%the-tests';
const USER = `app on >${PASSWORD} resetkeys ~magic-sessionmanager:* +@all`;
const DATABASE = 3;

/**
 * Each gives what the plugin takes to reach a server, how that server fails and how it comes back, and
 * how to do away with it.
 */
const PLACES = {
  async 'TLS, a user, a numbered database and RESP3'() {
    const tls = await TlsCertificates.make();
    const port = await freePort();
    const options = {
      'tls-port': port,
      'tls-ca-cert-file': tls.authority,
      'tls-cert-file': tls.server.certificate,
      'tls-key-file': tls.server.key,
      'tls-auth-clients': 'no',
      user: [STRANGER, USER],
    };
    const server = await RedisServer.start({ options });
    const name = `app:${encodeURIComponent(PASSWORD)}`;
    return {
      redis: {
        url: `rediss://${name}@127.0.0.1:${port}/${DATABASE}`,
        client: { socket: { ca: tls.authorityText }, RESP: 3 },
      },
      ...ofOne(server),
      async dispose() {
        await server.dispose();
        tls.dispose();
      },
    };
  },

  async 'a Unix socket'() {
    const folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-socket-'));
    const socket = path.join(folder, 'redis.sock');
    const server = await RedisServer.start({ options: { unixsocket: socket } });
    return {
      redis: `unix:${socket}`,
      ...ofOne(server),
      async dispose() {
        await server.dispose();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },

  async Sentinel() {
    const sentinel = await RedisSentinel.start();
    return {
      redis: { sentinel: sentinel.options },
      fail: () => sentinel.master.crash(),
      // The replica takes its place.
      comeBack: () => undefined,
      dispose: () => sentinel.dispose(),
    };
  },

  async 'a Redis Cluster'() {
    const nodes = await RedisCluster.start();
    const owner = await nodes.ownerOf(KEY);
    return { redis: { cluster: nodes.options }, ...ofOne(owner), dispose: () => nodes.dispose() };
  },

  async Valkey() {
    const server = await RedisServer.start({ binary: await valkeyServer() });
    return { redis: server.url, ...ofOne(server), dispose: () => server.dispose() };
  },
};

const ofOne = (server) => ({ fail: () => server.crash(), comeBack: () => server.boot() });

for (const [name, prepare] of Object.entries(PLACES)) {
  describe(`Two instances with Redis by ${name}`, () => {
    it('learn of terminations at once and count together, also after it has failed', async () => {
      const place = await prepare();
      let cluster;
      try {
        cluster = await Cluster.start({ config: { redis: place.redis } });
        await assertTogether(cluster);
        await place.fail();
        await until('both have noticed', () => all(cluster, ({ connected }) => !connected));
        await place.comeBack();
        await assertTogether(cluster);
      } finally {
        await cluster?.dispose();
        await place.dispose();
      }
    });
  });
}

async function all({ instances }, holds) {
  const answers = await Promise.all(instances.map(({ admin }) => admin.status()));
  return answers.every(({ json }) => holds(json.data.redis));
}

async function assertTogether(cluster) {
  await until('both have Redis', () => all(cluster, ({ connected }) => connected));
  await assertPushed(cluster, TERMINATIONS);
  await assertCountedTogether(cluster);
}

/** What a user has used on one instance is missing on the other. */
async function assertCountedTogether(cluster) {
  const [a, b] = cluster.instances;
  const { jwt } = await cluster.signUp();
  const remaining = async (instance) => {
    const answer = await instance.users.own(jwt, 'GET', '/current-session');
    assertStatus(answer, 200);
    return Number(/r=(\d+)/.exec(answer.headers.ratelimit)[1]);
  };
  for (let sent = 0; sent < REQUESTS; sent += 1) await remaining(a);
  // Redis may have kept A waiting: it tells soon what it has allowed by itself.
  await until('B knows of it', async () => (await remaining(b)) < BURST - REQUESTS / 2);
}
