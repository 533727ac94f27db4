import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testApp } from '../app/test-app.mjs';
import { databaseIn } from '../databases/database.mjs';
import { RedisServer } from '../redis/redis-server.mjs';
import { TcpProxy } from '../network/tcp-proxy.mjs';
import { TestServer, testVariables } from '../strapi/test-server.mjs';

const INSTANCES = 3;

/** Three instances on one database server, each with a way of its own to it and to Redis that can be damaged. */
export class FaultCluster {
  #folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-faults-'));
  /** `{ server, toRedis, toDatabase }` for each instance. */
  instances = [];

  constructor(mode) {
    this.mode = mode;
  }

  /** Starts the instances in a JWT mode on the database of a client: `postgres` or `mysql`. */
  static async start(mode, client) {
    const cluster = new FaultCluster(mode);
    try {
      await cluster.#start(client);
      return cluster;
    } catch (error) {
      await cluster.dispose();
      throw error;
    }
  }

  async #start(client) {
    const app = await testApp();
    const database = databaseIn(app, this.#folder, client);
    await database.create();
    this.redis = await RedisServer.start();
    while (this.instances.length < INSTANCES) await this.#add(app, database);
    const [first, ...others] = this.instances.map(({ server }) => server);
    // The first makes the tables.
    await first.boot();
    await Promise.all(others.map((server) => server.boot()));
    await first.admin.register();
    for (const { admin } of others) await admin.login();
  }

  async #add(app, database) {
    const toRedis = await TcpProxy.start(this.redis.port);
    const toDatabase = await TcpProxy.start(database.server.port);
    const env = {
      QUIET_EVENTS: 'true',
      TRUST_PROXY: 'true',
      REDIS_URL: `redis://127.0.0.1:${toRedis.port}`,
      DATABASE_PORT: String(toDatabase.port),
    };
    const variables = testVariables({ mode: this.mode, env });
    const server = new TestServer(app, this.#folder, variables, { database });
    this.instances.push({ server, toRedis, toDatabase });
  }

  /** Returns any one of the instances. */
  any() {
    return this.instances[Math.floor(Math.random() * this.instances.length)];
  }

  /** Registers so many users and gives each as `{ id, username }`. */
  async signUp(count) {
    const users = [];
    while (users.length < count) {
      const answers = this.instances.map(({ server }) => server.users.signUp());
      users.push(...(await Promise.all(answers)).map(({ user }) => user));
    }
    return users.slice(0, count);
  }

  async dispose() {
    await Promise.all(this.instances.map(({ server }) => server.process?.stop()));
    await Promise.all(this.instances.map(({ server }) => server.dispose()));
    const ways = this.instances.flatMap(({ toRedis, toDatabase }) => [toRedis, toDatabase]);
    await Promise.all(ways.map((way) => way.dispose()));
    await this.redis?.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
