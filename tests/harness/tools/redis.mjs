import { aptInstall } from './apt.mjs';
import { capture } from '../process/run.mjs';

const HELP =
  'The cluster suite needs redis-server. Install it (Debian, Ubuntu: apt-get install redis-server; ' +
  'macOS: brew install redis) and run this again.';

/** Installs a redis-server by apt-get where none is and that is possible; fails otherwise. */
export async function ensureRedis() {
  if (await isThere()) return;
  if ((await aptInstall('redis-server')) && (await isThere())) return;
  throw new Error(HELP);
}

async function isThere() {
  try {
    await capture('redis-server', ['--version']);
    return true;
  } catch {
    return false;
  }
}
