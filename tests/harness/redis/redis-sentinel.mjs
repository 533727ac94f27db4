import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killOnExit } from '../process/children.mjs';
import { redisText } from './redis-protocol.mjs';
import { RedisServer } from './redis-server.mjs';
import { freePort } from '../network/free-port.mjs';
import { until } from '../process/until.mjs';

const NAME = 'sessions';

/** A Redis with a replica, and a sentinel that puts the replica in its place when it is dead. */
export class RedisSentinel {
  #folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-sentinel-'));
  #child;

  static async start() {
    const sentinel = new RedisSentinel();
    sentinel.master = await RedisServer.start();
    const replicaof = `127.0.0.1 ${sentinel.master.port}`;
    sentinel.replica = await RedisServer.start({ options: { replicaof } });
    await sentinel.#watch();
    return sentinel;
  }

  /** The options of `createSentinel` of the package `redis`. The first address does not answer. */
  get options() {
    const ports = [1, this.port];
    return { name: NAME, sentinelRootNodes: ports.map((port) => ({ host: '127.0.0.1', port })) };
  }

  async #watch() {
    this.port = await freePort();
    const file = path.join(this.#folder, 'sentinel.conf');
    const lines = [
      `port ${this.port}`,
      'bind 127.0.0.1',
      `sentinel monitor ${NAME} 127.0.0.1 ${this.master.port} 1`,
      `sentinel down-after-milliseconds ${NAME} 1000`,
      `sentinel failover-timeout ${NAME} 5000`,
    ];
    writeFileSync(file, lines.join('\n'));
    this.#child = killOnExit(spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' }));
    await until('the sentinel knows of the replica', async () => {
      const info = await redisText(this.port, 'INFO', 'sentinel').catch(() => '');
      return info.includes('status=ok') && info.includes('slaves=1');
    });
  }

  async dispose() {
    this.#child.kill('SIGKILL');
    await Promise.all([this.master.dispose(), this.replica.dispose()]);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
