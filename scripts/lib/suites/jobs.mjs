import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { killOnExit } from '../../../tests/harness/process/children.mjs';
import { LENDS_HOSTS, lendHosts } from '../../../tests/harness/strapi/lent-hosts.mjs';
import { ROOT } from '../../../tests/harness/paths.mjs';
import { Counts, countsOfNode, cpuSecondsOfNode } from './counts.mjs';
import { expectedSeconds } from './durations.mjs';

/**
 * A job that takes longer is stuck. The slowest takes about six minutes on a quiet machine, and three
 * times as long on a busy one.
 */
const DEADLINE_MS = 25 * 60_000;

/** How long a stuck test file has to stop its servers. */
const KILL_AFTER_MS = 20_000;

const REPORT_CPU = fileURLToPath(new URL('report-cpu.cjs', import.meta.url));

/**
 * Makes a job that runs one test file in a process of its own.
 *
 * `node` is the program that runs it, `env` adds variables, `label` tells apart jobs of one file.
 * `prepare` is awaited first and may return further variables. `kind`, `timed` and `alone` are for the pool.
 */
export function fileJob(file, { node = process.execPath, env, label, prepare, ...traits } = {}) {
  const args = ['--require', REPORT_CPU, '--test-reporter=spec', file];
  return {
    title: label ? `${file} (${label})` : file,
    expectedSeconds: expectedSeconds(file),
    ...traits,
    async run() {
      const own = { ...process.env, ...env, ...(await prepare?.()), [LENDS_HOSTS]: 'true' };
      let secondsOfHosts;
      const { code, output } = await collect(node, args, own, (file) => {
        secondsOfHosts = lendHosts(file);
      });
      const cpuSeconds = cpuSecondsOfNode(output) + secondsOfHosts();
      return { ...judge(code, countsOfNode(output), output), cpuSeconds };
    },
  };
}

/** Makes a job that runs a command; `countsOf` reads the counts from its output. */
export function commandJob(title, [command, ...args], { countsOf, env, ...traits }) {
  return {
    title,
    ...traits,
    async run() {
      const { code, output } = await collect(command, args, { ...process.env, ...env });
      return judge(code, countsOf(output), output);
    },
  };
}

/**
 * Runs a command and returns its code and its output; a stuck one is killed. `onStart` receives the
 * process, which then has a channel.
 */
function collect(command, args, env, onStart) {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', 'pipe', 'pipe', ...(onStart ? ['ipc'] : [])];
    const child = killOnExit(spawn(command, args, { cwd: ROOT, env, stdio }));
    onStart?.(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    const stop = setTimeout(() => child.kill('SIGTERM'), DEADLINE_MS);
    const kill = setTimeout(() => child.kill('SIGKILL'), DEADLINE_MS + KILL_AFTER_MS);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(stop);
      clearTimeout(kill);
      if (code !== 0) output += `\nIt exited with ${signal ?? code}.\n`;
      resolve({ code, output });
    });
  });
}

/** A job that breaks outside its tests counts as one failure. */
function judge(code, counts, output) {
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { counts, output };
}

/** Returns the result of a job that broke before it ran. */
export function brokenJob(error) {
  const output = `${error instanceof Error ? error.message : error}\n`;
  return { counts: Object.assign(new Counts(), { failed: 1 }), output };
}
