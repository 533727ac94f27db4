import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killOnExit } from '../process/children.mjs';
import { redisCommand, redisText } from './redis-protocol.mjs';
import { freePort } from '../network/free-port.mjs';
import { until } from '../process/until.mjs';

/** The server that the tests use; another one that takes its place has to understand its options. */
const REDIS = process.env.REDIS_SERVER ?? 'redis-server';

/** A Redis of a test's own, which keeps nothing on disk. */
export class RedisServer {
  #binary;
  #child;
  #exited;
  #folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-redis-'));
  #options;

  constructor(binary, options) {
    this.#binary = binary;
    this.#options = options;
  }

  /**
   * Starts a Redis on a free port, or what takes its place with another `binary`; `options` are those
   * of its configuration file, words with one space between them, or a list of such.
   */
  static async start({ binary = REDIS, options = {} } = {}) {
    const server = new RedisServer(binary, options);
    server.port = await freePort();
    await server.boot();
    return server;
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts the server, empty, on its port. */
  async boot() {
    const own = { port: this.port, bind: '127.0.0.1', save: '', dir: this.#folder };
    const args = Object.entries({ ...own, ...this.#options }).flatMap(([name, values]) =>
      [values].flat().flatMap((value) => [`--${name}`, ...String(value).split(' ')]),
    );
    this.#child = killOnExit(spawn(this.#binary, args, { stdio: 'ignore' }));
    let failure;
    this.#exited = new Promise((resolve) => {
      this.#child.on('error', (error) => resolve((failure = error)));
      this.#child.on('close', resolve);
    });
    await until('Redis answers', async () => {
      if (failure) throw failure;
      return (await this.command('PING').catch(() => '')) === '+PONG';
    });
  }

  /** Kills the server at once, with all that it holds. */
  async crash() {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Holds the server where it is: its connections stay open and nothing is answered. */
  pause() {
    this.#child.kill('SIGSTOP');
  }

  /** Lets a held server go on. */
  resume() {
    this.#child.kill('SIGCONT');
  }

  /** Sends one command and returns the first line of the answer as it stands. */
  command(...words) {
    return redisCommand(this.port, ...words);
  }

  /** Returns one section of what Redis says of itself. */
  info(section) {
    return redisText(this.port, 'INFO', section);
  }

  async dispose() {
    await this.crash();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
