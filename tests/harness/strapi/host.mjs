import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { killOnExit } from '../process/children.mjs';

const HOST = fileURLToPath(new URL('host.cjs', import.meta.url));

/** A start of Strapi allocates much. More room for young objects spares collections. */
const FLAGS = ['--max-semi-space-size=64'];

/** Variables that Node, or a package that stays loaded, reads only once. */
const READ_ONCE = ['NODE_OPTIONS', 'NODE_ENV'];

/** What a host prints when its Strapi has ended and it waits for the next one. */
export const LEFT = '[host] Strapi has left\n';

/** The hosts of this process in which no Strapi runs. */
const idle = new Set();

/** A process that has ended before its parent counts in the parent's processor time. */
process.on('beforeExit', () => keepIdle(0));

/** Ends all but so many of the hosts in which no Strapi runs. */
export function keepIdle(count) {
  for (const host of [...idle].slice(count)) host.end();
}

/** Tells whether a Strapi with some variables can run in a process in which others ran before. */
export function isHostable(env) {
  return READ_ONCE.every((name) => !(name in env));
}

/**
 * Gives a process in which no Strapi runs, to one of an app with some variables: a process that an
 * earlier one left, or a new one. The package `debug` reads its variable only once as well.
 */
export function idleHost(appFolder, { DEBUG }) {
  const isFit = (host) => host.appFolder === appFolder && host.debug === DEBUG;
  const host = [...idle].find(isFit) ?? new Host(appFolder, DEBUG);
  idle.delete(host);
  return host;
}

/** A process that runs one Strapi after another; see `host.cjs`. */
class Host {
  #child;
  #closed;

  constructor(appFolder, debug) {
    this.appFolder = appFolder;
    this.debug = debug;
    const env = { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' };
    const args = [...FLAGS, HOST, appFolder, LEFT];
    this.#child = killOnExit(spawn(process.execPath, args, { cwd: appFolder, env }));
    // A process that is killed early does not read its input.
    this.#child.stdin.on('error', () => undefined);
    for (const output of this.#outputs) output.setEncoding('utf8');
    this.#closed = new Promise((resolve) => {
      this.#child.on('error', () => resolve(1));
      this.#child.on('close', (code, signal) => resolve(signal ?? code));
    });
    this.#closed.then(() => idle.delete(this));
  }

  get pid() {
    return this.#child.pid;
  }

  get #outputs() {
    return [this.#child.stdout, this.#child.stderr];
  }

  get #handles() {
    return [this.#child, this.#child.stdin, ...this.#outputs];
  }

  /**
   * Runs a Strapi; `onOutput` receives what it prints. Returns what `runAlone` does, and `release`, by
   * which the host is free for the next Strapi. A host that exited is never free.
   */
  run(env, onOutput) {
    for (const handle of this.#handles) handle.ref();
    this.#child.stdin.write(`${JSON.stringify(env)}\n`);
    const outputs = Promise.all(this.#outputs.map((output) => passUntilLeft(output, onOutput)));
    let isOver = false;
    let hasLeft = false;
    const left = outputs.then(() => {
      hasLeft = true;
      return 0;
    });
    const exited = Promise.race([left, this.#closed]).finally(() => (isOver = true));
    return {
      pid: this.pid,
      exited,
      // What is done to a Strapi after its end must not reach the next one.
      kill: (signal) => !isOver && this.#child.kill(signal),
      release: () => hasLeft && this.#rest(),
    };
  }

  /** Does not keep the parent from ending. */
  #rest() {
    for (const handle of this.#handles) handle.unref();
    idle.add(this);
  }

  end() {
    idle.delete(this);
    this.#child.ref();
    this.#child.stdin.end();
  }
}

/** Passes an output on until the host says that Strapi has left. */
function passUntilLeft(output, onOutput) {
  return new Promise((resolve) => {
    let end = '';
    const onData = (chunk) => {
      onOutput(chunk);
      end = (end + chunk).slice(-LEFT.length);
      if (end !== LEFT) return;
      output.off('data', onData);
      resolve();
    };
    output.on('data', onData);
  });
}
