import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testApp } from '../app/test-app.mjs';
import { databaseIn } from '../databases/database.mjs';
import { until } from '../process/until.mjs';
import { TestServer, testVariables } from '../strapi/test-server.mjs';

/** Several instances of one app on one database. */
export class Cluster {
  #folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-cluster-'));
  instances = [];

  /**
   * Starts instances one after the other: the first makes the tables. `client` is for `databaseIn`;
   * `configs` are the options of each instance, where they differ.
   */
  static async start({ configs, count = configs?.length ?? 2, mode, env, client, ...one } = {}) {
    const cluster = new Cluster();
    const app = await testApp();
    for (let started = 0; started < count; started += 1) {
      const config = configs ? configs[started] : one.config;
      const variables = testVariables({ mode, config, env: { REDIS_URL: '', ...env } });
      const database = databaseIn(app, cluster.#folder, client);
      const instance = new TestServer(app, cluster.#folder, variables, { database });
      cluster.instances.push(instance);
      await instance.boot();
      if (started === 0) await instance.admin.register();
      else await instance.admin.login();
    }
    return cluster;
  }

  /** The database, seen from outside. */
  get database() {
    return this.instances[0].database;
  }

  /**
   * Sends a writing request until it is answered by other than a server's error: SQLite refuses a
   * writer whose transaction another process has overtaken.
   */
  async write(send) {
    return until('a write is answered', async () => {
      const answer = await send();
      return answer.status < 500 && answer;
    });
  }

  /** Registers a user on the first instance and gives what `Users.signUp` does. */
  async signUp() {
    const answer = await this.write(() => this.instances[0].users.register());
    return answer.json;
  }

  /** Ends a session on the first instance, as an administrator, and returns when that was answered. */
  async terminate(sessionId) {
    const answer = await this.write(() => this.instances[0].admin.terminate(sessionId));
    if (answer.status !== 200) throw new Error(`could not terminate: ${answer.text}`);
    return performance.now();
  }

  /** Holds an instance at a moment in which it does not keep the others from the database. */
  async pause(instance) {
    await until('an instance rests outside the database', () => {
      instance.process.pause();
      if (this.database.isFree()) return true;
      instance.process.resume();
      return false;
    });
  }

  async dispose() {
    // The first that has ended would remove the database under those that have not.
    await Promise.all(this.instances.map(({ process }) => process?.stop()));
    await Promise.all(this.instances.map((instance) => instance.dispose()));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
