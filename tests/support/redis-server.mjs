import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endWithUs } from '../../scripts/lib/children.mjs';
import { freePort } from './strapi-process.mjs';
import { until } from './until.mjs';

/** A Redis of a test's own, which keeps nothing on disk. */
export class RedisServer {
  #child;
  #exited;
  #folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-redis-'));

  /** Starts a Redis on a free port. */
  static async start() {
    const server = new RedisServer();
    server.port = await freePort();
    await server.boot();
    return server;
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts the server, empty, on its port. */
  async boot() {
    const options = { port: this.port, bind: '127.0.0.1', save: '', dir: this.#folder };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    this.#child = endWithUs(spawn('redis-server', args, { stdio: 'ignore' }));
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
    return this.#ask(words, (answer) => /^(.*?)\r\n/.exec(answer)?.[1]);
  }

  /** Returns one section of what Redis says of itself. */
  info(section) {
    return this.#ask(['INFO', section], (answer) => {
      const [, length] = /^\$(\d+)\r\n/.exec(answer) ?? [];
      return length && answer.length > Number(length) && answer;
    });
  }

  /** Sends a command and returns the first thing that `read` finds in what has come of the answer. */
  #ask(words, read) {
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.port, '127.0.0.1');
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk) => {
        answer += chunk;
        const found = read(answer);
        if (!found) return;
        socket.destroy();
        resolve(found);
      });
      socket.on('error', reject);
      const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
      socket.write(`*${words.length}\r\n${parts.join('')}`);
    });
  }

  async dispose() {
    await this.crash();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
