import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ServerModules } from '../../../tests/harness/modules/server-modules.mjs';

const MB = 1_000_000;

/**
 * Says how much memory the local cache of so many live sessions takes, each with one rotation, in MB after a
 * collection; and how much when as many again have taken their place, for which it is to make room.
 */
export function cacheMemory(capacity) {
  const modules = new ServerModules();
  try {
    const { createSessionCache } = modules.load('stores/memory/session-cache');
    const cache = createSessionCache(capacity);
    const before = heapMb();
    fill(cache, capacity);
    const full = heapMb() - before;
    fill(cache, capacity);
    const replaced = heapMb() - before;
    // The cache has to live until it was measured.
    if (cache.get('')) throw new Error('no session has this id');
    return { full, replaced };
  } finally {
    modules.dispose();
  }
}

function fill(cache, count) {
  for (let userId = 1; userId <= count; userId += 1) {
    const sessionId = newId();
    const read = cache.beginRead(sessionId);
    read.commit(sessionOf(sessionId, userId));
    read.close();
    cache.putRotation(newId(), sessionId);
  }
}

const newId = () => randomBytes(16).toString('hex');

/** Times as they are: each another number, too long for a small integer. */
function sessionOf(sessionId, userId) {
  const nowMs = Date.now() - userId;
  return {
    sessionId,
    userId,
    state: 'active',
    reason: null,
    loggedInAtMs: nowMs - 3_600_000,
    lastSeenAtMs: nowMs - 1000,
    lastTouchedAtMs: nowMs,
    confirmedAtMs: performance.now(),
  };
}

function heapMb() {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / MB;
}
