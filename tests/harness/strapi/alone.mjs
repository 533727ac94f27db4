import { spawn } from 'node:child_process';
import path from 'node:path';
import { strapiCommand } from '../app/strapi-cli.mjs';
import { killOnExit } from '../process/children.mjs';

/**
 * Starts a Strapi in a new process, with some flags for Node; `byCommand` does so by `strapi start`.
 * `onOutput` receives what it prints. `exited` is its exit code or the name of the signal that ended it.
 */
export function runAlone(appFolder, env, { nodeFlags = [], byCommand = false }, onOutput) {
  const start = byCommand
    ? [strapiCommand(appFolder), 'start']
    : [path.join(appFolder, 'server.js')];
  const child = spawn(process.execPath, [...nodeFlags, ...start], {
    cwd: appFolder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  killOnExit(child);
  for (const output of [child.stdout, child.stderr])
    output.setEncoding('utf8').on('data', onOutput);
  const exited = new Promise((resolve) => {
    child.on('error', (error) => {
      onOutput(String(error));
      resolve(1);
    });
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  return { pid: child.pid, exited, kill: (signal) => child.kill(signal) };
}
