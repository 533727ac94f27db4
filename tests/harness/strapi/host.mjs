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

/** The hosts of this test file in which no Strapi runs. */
const idle = new Set();

/** A process that has ended before its parent counts in the parent's processor time. */
process.on('beforeExit', () => {
  for (const host of idle) host.end();
  idle.clear();
});

/** Tells whether a Strapi with some variables can run in a process in which others ran before. */
export function isHostable(env) {
  return READ_ONCE.every((name) => !(name in env));
}

/** Gives a process of an app in which no Strapi runs: one that an earlier Strapi left, or a new one. */
export function idleHost(appFolder) {
  const host = [...idle].find((one) => one.appFolder === appFolder) ?? new Host(appFolder);
  idle.delete(host);
  return host;
}

/** A process that runs one Strapi after another; see `host.cjs`. */
class Host {
  #child;
  #closed;

  constructor(appFolder) {
    this.appFolder = appFolder;
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
  }

  get #outputs() {
    return [this.#child.stdout, this.#child.stderr];
  }

  /** Runs a Strapi; `onOutput` receives what it prints. */
  run(env, onOutput) {
    for (const handle of [this.#child, this.#child.stdin, ...this.#outputs]) handle.ref();
    this.#child.stdin.write(`${JSON.stringify(env)}\n`);
    const outputs = this.#outputs.map((output) => passUntilLeft(output, onOutput));
    const run = new HostedRun(this.#child);
    run.exited = Promise.race([Promise.all(outputs).then(() => this.#rest()), this.#closed]);
    run.exited.then(() => run.release());
    return run;
  }

  /** Does not keep the test file from ending. */
  #rest() {
    for (const handle of [this.#child, this.#child.stdin, ...this.#outputs]) handle.unref();
    idle.add(this);
    return 0;
  }

  end() {
    this.#child.ref();
    this.#child.stdin.end();
  }
}

/** One Strapi in a host. What is done to it after its end does not reach the next one. */
class HostedRun {
  #child;

  constructor(child) {
    this.#child = child;
    this.pid = child.pid;
  }

  kill(signal) {
    this.#child?.kill(signal);
  }

  release() {
    this.#child = undefined;
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
