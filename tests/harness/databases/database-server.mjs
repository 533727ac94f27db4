import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureDatabase } from '../tools/database-servers.mjs';
import { killOnExit } from '../process/children.mjs';
import { capture } from '../process/run.mjs';
import { freePort } from '../network/free-port.mjs';
import { until } from '../process/until.mjs';
import { Statements } from './statements.mjs';

const AS_ROOT = process.getuid?.() === 0;

/** A server of PostgreSQL or MariaDB of a test's own, which ends with the process. */
export class DatabaseServer {
  #product;
  #statements;
  #child;
  #exited;
  #folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-server-'));

  constructor(product, statements) {
    this.#product = product;
    this.#statements = statements;
  }

  /** Makes a server and starts it on a free port; `product` is the address of its module. */
  static async start(product, appFolder) {
    const module = await import(product);
    await ensureDatabase(module.client);
    const server = new DatabaseServer(module, new Statements(product, appFolder));
    server.port = await freePort();
    await server.#install();
    await server.boot();
    process.once('exit', () => server.#remove());
    return server;
  }

  /** The data of the server. */
  get folder() {
    return path.join(this.#folder, 'data');
  }

  async #install() {
    mkdirSync(this.folder);
    if (AS_ROOT) {
      const id = async (flag) => Number(await capture('id', [flag, this.#product.systemUser]));
      for (const folder of [this.#folder, this.folder])
        chownSync(folder, await id('-u'), await id('-g'));
    }
    const [command, ...args] = this.#asItsUser(this.#product.install(this.folder));
    await capture(command, args, { cwd: this.#folder });
  }

  #asItsUser(command) {
    if (!AS_ROOT) return command;
    const { systemUser } = this.#product;
    const ids = [`--reuid=${systemUser}`, `--regid=${systemUser}`, '--clear-groups'];
    return ['setpriv', ...ids, ...command];
  }

  /** Starts the server on its port. */
  async boot() {
    const [command, ...args] = this.#asItsUser(this.#product.serve(this.folder, this.port));
    this.#child = killOnExit(spawn(command, args, { cwd: this.#folder, stdio: 'ignore' }));
    this.#child.unref();
    let failure;
    this.#exited = new Promise((resolve) => {
      this.#child.on('error', (error) => resolve((failure = error)));
      this.#child.on('close', (code) => resolve((failure ??= new Error(`it ended with ${code}`))));
    });
    await until('the database server answers', () => {
      if (failure) throw failure;
      return this.#answers();
    });
  }

  #answers() {
    try {
      return this.run(this.#product.maintenance, 'SELECT 1 AS one').length === 1;
    } catch {
      return false;
    }
  }

  /** Kills the server at once. */
  async crash() {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Where a database of the server is. */
  connection(database) {
    const { user } = this.#product;
    return { host: '127.0.0.1', port: this.port, user, password: '', database };
  }

  /** Runs statements in a database and returns the rows of the last. */
  run(database, sql, values) {
    return this.#statements.run(this.connection(database), sql, values);
  }

  /** Returns every byte that the server has on disk. */
  bytes() {
    const files = readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath ?? entry.path, entry.name)));
    return Buffer.concat(files);
  }

  #remove() {
    this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 });
  }
}
