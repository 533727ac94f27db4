import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Admin } from '../clients/admin.mjs';
import { QUIET_STRAPI, strapiCommand } from '../app/strapi-cli.mjs';
import { testApp } from '../app/test-app.mjs';
import { databaseIn } from '../databases/database.mjs';
import { request } from '../clients/request.mjs';
import { freePort } from '../network/free-port.mjs';
import { capture } from '../process/run.mjs';
import { StrapiProcess } from './strapi-process.mjs';
import { Users } from '../clients/users.mjs';

// The runner ends a file that sticks with this signal; by leaving in order its servers end as well.
process.once('SIGTERM', () => process.exit(143));

/** Secrets of the servers of the tests, each easy to find should one ever be printed. */
export const TEST_SECRETS = {
  APP_KEYS: 'test-app-key-one,test-app-key-two',
  API_TOKEN_SALT: 'test-api-token-salt',
  ADMIN_JWT_SECRET: 'test-admin-jwt-secret',
  TRANSFER_TOKEN_SALT: 'test-transfer-token-salt',
  ENCRYPTION_KEY: 'test-strapi-encryption-key-32-by',
  JWT_SECRET: 'test-users-permissions-jwt-secret',
};

/** A key for the plugin's encryption: the bytes 0 to 31. */
export const TEST_KEY = Buffer.from(Array.from({ length: 32 }, (_, byte) => byte)).toString(
  'base64',
);

/** Passwords and a process as in production, for tests of durations and for benchmarks. */
export const AS_IN_PRODUCTION = { TEST_PASSWORD_ROUNDS: '', NODE_OPTIONS: '' };

/** Whether every server of the tests has the principal cache on, to run all suites with it. */
const WITH_PRINCIPAL_CACHE = process.env.TEST_PRINCIPAL_CACHE === 'true';

/**
 * Returns the variables of a server of the tests. `mode` is the JWT mode, `config` the options of the
 * plugin (undefined leaves the plugin unmentioned), `env` adds variables.
 */
export function testVariables({ mode = 'legacy-support', config: given, env = {} }) {
  const config = WITH_PRINCIPAL_CACHE ? { principalCache: true, ...given } : given;
  return {
    ...TEST_SECRETS,
    UP_JWT_MANAGEMENT: mode,
    RATE_LIMIT: 'false',
    TEST_ROUTES: 'true',
    TEST_PASSWORD_ROUNDS: '4',
    ...(config !== undefined && { MAGIC_CONFIG: JSON.stringify(config) }),
    ...env,
  };
}

/** A Strapi with a database of its own that a test starts, restarts, crashes and queries. */
export class TestServer {
  #app;
  #env;
  #folder;
  #process;
  #start;

  /** `database` is the one of the folder unless another is given; `env` may say how to reach it. */
  constructor(app, folder, env, { database = databaseIn(app, folder), ...start } = {}) {
    this.#app = app;
    this.#start = start;
    this.#folder = folder;
    this.#env = env;
    this.users = new Users(this);
    this.admin = new Admin(this);
    this.database = database;
  }

  /**
   * Prepares a server on a fresh database without starting it. `mode`, `config` and `env` are those
   * of `testVariables`, `app` is another folder than that of the test app; the other options are
   * those of `StrapiProcess`.
   */
  static async prepare({ mode, config, env, app, ...start } = {}) {
    const folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-'));
    const appFolder = app ?? (await testApp());
    return new TestServer(appFolder, folder, testVariables({ mode, config, env }), start);
  }

  /** Prepares a server and starts it; see `prepare`. */
  static async start(options) {
    const server = await TestServer.prepare(options);
    await server.boot();
    return server;
  }

  /** Starts Strapi on the server's database, with some variables changed if given. */
  async boot(env = {}) {
    await this.launch(env);
    await this.#process.ready();
  }

  /** Starts Strapi without waiting until it answers, with some variables changed if given; returns the process. */
  async launch(changed = {}) {
    Object.assign(this.#env, changed);
    await this.database.create();
    const env = { ...this.database.env, ...this.#env };
    // With `isHosted: false` nothing that an earlier server loaded is loaded already.
    const start = { isHosted: true, ...this.#start };
    this.#process = new StrapiProcess(this.#app, await freePort(), env, start);
    return this.#process;
  }

  /** Runs a command of Strapi's on the server's database, and returns what it printed; throws if it fails. */
  async command(args, changed = {}) {
    await this.database.create();
    const own = { NODE_OPTIONS: '', NODE_ENV: 'production', ...QUIET_STRAPI };
    const env = { ...process.env, ...own, ...this.database.env, ...this.#env, ...changed };
    const command = [strapiCommand(this.#app), ...args];
    return await capture(process.execPath, command, { cwd: this.#app, env });
  }

  /** The running process. */
  get process() {
    return this.#process;
  }

  get port() {
    return this.#process.port;
  }

  /** The output of the running process. */
  get log() {
    return this.#process.log;
  }

  request(method, url, options) {
    return request(this.port, method, url, options);
  }

  /** Stops Strapi properly and starts it again on the same database. */
  async restart(env) {
    await this.#process.stop();
    await this.boot(env);
  }

  /** Stops Strapi properly and leaves its database. */
  async stop() {
    await this.#process.stop();
  }

  /** Kills the process at once. */
  async crash() {
    await this.#process.kill();
  }

  /** Ends Strapi and removes its database. */
  async dispose() {
    this.database.close();
    await this.#process?.stop();
    this.database.drop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
