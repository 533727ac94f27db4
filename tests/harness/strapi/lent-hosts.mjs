import { randomUUID } from 'node:crypto';
import { processorSeconds } from '../process/processor-time.mjs';
import { idleHost, keepIdle } from './host.mjs';

/** The variable by which a runner says that it lends hosts to its test files, over their channel. */
export const LENDS_HOSTS = 'MAGIC_LENDS_HOSTS';

/** Tells whether this process may borrow hosts from the one that started it. */
export const canBorrow = () => process.env[LENDS_HOSTS] === 'true' && process.connected;

/** So many hosts rest at the most, each with Strapi's modules in memory. */
const MOST_IDLE = 4;

/**
 * Lends hosts to a test file, a child with a channel: a file finds the processes that earlier files have
 * left. Returns a function that tells how many seconds of processor time its hosts took.
 */
export function lendHosts(file) {
  const runs = new Map();
  let spent = 0;
  const tell = (message) => file.connected && file.send(message);

  function start({ run: id, appFolder, env }) {
    const host = idleHost(appFolder, env);
    let before = processorSeconds(host.pid);
    const measure = () => {
      const now = processorSeconds(host.pid) || before;
      spent += now - before;
      before = now;
    };
    const run = host.run(env, (output) => {
      measure();
      tell({ run: id, output });
    });
    runs.set(id, run);
    tell({ run: id, pid: run.pid });
    run.exited.then((code) => {
      measure();
      // The file returns the host when it knows, lest its next signal reaches another Strapi.
      if (!tell({ run: id, code })) end(id);
    });
  }

  function end(id) {
    runs.get(id)?.release();
    runs.delete(id);
    keepIdle(MOST_IDLE);
  }

  file.on('message', (message) => (message.env ? start(message) : end(message.run)));
  file.on('exit', () => {
    for (const [id, run] of runs) {
      run.kill('SIGKILL');
      end(id);
    }
  });
  return () => spent;
}

/** The runs in hosts of the runner that have not ended. */
const borrowed = new Map();

/** Starts a Strapi in a host of the runner. Returns what `runAlone` does. */
export function runInLentHost(appFolder, env, onOutput) {
  // The channel keeps this process alive as long as somebody listens.
  if (borrowed.size === 0) process.on('message', hear);
  const run = new BorrowedRun(onOutput);
  borrowed.set(run.id, run);
  process.send({ run: run.id, appFolder, env });
  return run;
}

function hear({ run: id, ...news }) {
  borrowed.get(id).hear(news);
  if (!('code' in news)) return;
  borrowed.delete(id);
  process.send({ run: id });
  if (borrowed.size === 0) process.off('message', hear);
}

class BorrowedRun {
  id = randomUUID();
  #end;
  #early = [];
  #onOutput;

  constructor(onOutput) {
    this.#onOutput = onOutput;
    this.exited = new Promise((resolve) => (this.#end = resolve));
  }

  hear({ output, pid, code }) {
    if (output !== undefined) this.#onOutput(output);
    if (code !== undefined) this.#end(code);
    if (pid === undefined) return;
    this.pid = pid;
    for (const signal of this.#early) this.kill(signal);
  }

  kill(signal) {
    if (!borrowed.has(this.id)) return;
    if (this.pid === undefined) return void this.#early.push(signal);
    try {
      process.kill(this.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}
