import { existsSync, readFileSync } from 'node:fs';
import { QUIET_STRAPI } from '../app/strapi-cli.mjs';
import { request } from '../clients/request.mjs';
import { runAlone } from './alone.mjs';
import { printIfTestsFail } from './failure-logs.mjs';
import { idleHost, isHostable, LEFT } from './host.mjs';
import { canBorrow, runInLentHost } from './lent-hosts.mjs';

const BOOT_DEADLINE_MS = 120_000;
const STOP_DEADLINE_MS = 15_000;
const POLL_MS = 100;

/** A Strapi that runs as a process of its own, with all it has printed. */
export class StrapiProcess {
  #run;
  #log = '';

  /**
   * Starts Strapi in an app folder, with some flags for Node; does not wait until it answers.
   * `byCommand` starts it by `strapi start`, as users do, which takes longer. `isHosted` lets it have a
   * process in which others ran before and ended in order, where its variables permit that.
   */
  constructor(appFolder, port, env, { nodeFlags, byCommand, isHosted = false } = {}) {
    this.port = port;
    const variables = {
      ...process.env,
      NODE_ENV: 'production',
      NODE_OPTIONS: '',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...QUIET_STRAPI,
      ...env,
    };
    const keep = (chunk) => (this.#log += chunk);
    const mayBeHosted = isHosted && !nodeFlags && !byCommand && isHostable(env);
    this.#run = mayBeHosted
      ? runHosted(appFolder, variables, keep)
      : runAlone(appFolder, variables, { nodeFlags, byCommand }, keep);
    printIfTestsFail(() => this.log);
  }

  /** All that the process has printed so far, without colours. */
  get log() {
    return this.#log.replaceAll(LEFT, '').replace(/\u001b\[[0-9;]*m/g, '');
  }

  /** Resolves with the exit code or the signal name when the process has ended. */
  get exited() {
    return this.#run.exited;
  }

  get pid() {
    return this.#run.pid;
  }

  /** Waits until the server answers; fails with its log when it ends instead. */
  async ready(pollMs = POLL_MS) {
    const end = Date.now() + BOOT_DEADLINE_MS;
    let code;
    this.#run.exited.then((value) => (code = value ?? 0));
    while (code === undefined && Date.now() < end) {
      if (await this.#healthy()) return this;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    await this.kill();
    const why = code === undefined ? 'did not answer in time' : `ended with ${code}`;
    throw new Error(`Strapi ${why}. It printed:\n${this.log}`);
  }

  async #healthy() {
    try {
      return (await request(this.port, 'GET', '/_health')).status === 204;
    } catch {
      return false;
    }
  }

  /** Asks the process to end and waits for it, held or not; one that does not is killed. */
  async stop() {
    const late = setTimeout(() => this.#run.kill('SIGKILL'), STOP_DEADLINE_MS);
    this.#run.kill('SIGTERM');
    this.resume();
    await this.#run.exited;
    clearTimeout(late);
  }

  /** Sends the process a signal that it listens to. */
  signal(name) {
    this.#run.kill(name);
  }

  /** Holds the process where it is, as a suspended machine would be. */
  pause() {
    this.#run.kill('SIGSTOP');
  }

  /** Lets a held process go on. */
  resume() {
    this.#run.kill('SIGCONT');
  }

  /** Returns how much memory the process holds; 0 where the system does not say. */
  residentBytes() {
    const file = `/proc/${this.#run.pid}/status`;
    if (!existsSync(file)) return 0;
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))[1]) * 1024;
  }

  /** Ends the process at once, as a crash would. */
  async kill() {
    this.#run.kill('SIGKILL');
    await this.#run.exited;
  }
}

function runHosted(appFolder, env, onOutput) {
  if (canBorrow()) return runInLentHost(appFolder, env, onOutput);
  const run = idleHost(appFolder, env).run(env, onOutput);
  run.exited.then(run.release);
  return run;
}
