import { spawn } from 'node:child_process';
import { killOnExit } from './children.mjs';

const HEARTBEAT_MS = 20_000;
const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Is thrown when a command ends with a code other than zero; carries what it printed. */
export class CommandError extends Error {
  constructor(commandLine, code, output) {
    super(`\`${commandLine}\` ended with ${code}\n${output}`);
    this.name = 'CommandError';
    this.code = code;
    this.output = output;
  }
}

/** Runs a command quietly and returns what it printed; throws CommandError when it fails. */
export function capture(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = killOnExit(
      spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new CommandError([command, ...args].join(' '), signal ?? code, output));
    });
  });
}

/**
 * Runs npm quietly in a folder; it names its errors even below an `npm run --silent`, and asks a
 * registry that fails more often than it does by itself.
 */
export function npm(args, folder, env = {}) {
  const own = { npm_config_loglevel: 'error', npm_config_fetch_retries: '5' };
  return capture(NPM, args, { cwd: folder, env: { ...process.env, ...own, ...env } });
}

/** Runs a command with its output streamed, and returns its code and all it printed. */
export function stream(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = killOnExit(
      spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    let output = '';
    const pass = (to) => (chunk) => {
      output += chunk;
      to.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', pass(process.stdout));
    child.stderr.setEncoding('utf8').on('data', pass(process.stderr));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Does one piece of work and says on the terminal what it is, that it goes on, and how long it took. */
export async function step(title, work) {
  const start = Date.now();
  const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
  console.log(`▸ ${title} …`);
  const heartbeat = setInterval(() => console.log(`  … still at it (${seconds()})`), HEARTBEAT_MS);
  try {
    const result = await work();
    console.log(`✓ ${title} (${seconds()})`);
    return result;
  } catch (error) {
    console.log(`✗ ${title} (${seconds()})`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
