import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import path from 'node:path';
import { CACHE } from '../paths.mjs';
import { withLock } from '../process/lock.mjs';

const KEPT_PER_KIND = 2;

/** Removes all but the most recently used folders of one kind. */
function prune(kindFolder) {
  const usedAt = (name) => statSync(path.join(kindFolder, name)).mtimeMs;
  const newestFirst = readdirSync(kindFolder)
    .filter((name) => !name.startsWith('.'))
    .sort((a, b) => usedAt(b) - usedAt(a));
  for (const name of newestFirst.slice(KEPT_PER_KIND)) {
    rmSync(path.join(kindFolder, name), { recursive: true, force: true });
  }
}

/**
 * Returns the cached folder of a kind and key, built by `build(folder)` when it is not there.
 *
 * It is built under another name and moved into place whole, so that a broken build leaves nothing
 * behind. Of several processes that need it, one builds it and the others wait.
 */
export async function cached(kind, key, build) {
  const kindFolder = path.join(CACHE, kind);
  const folder = path.join(kindFolder, key);
  if (!existsSync(folder)) {
    await withLock(path.join(kindFolder, `.${key}.lock`), async () => {
      if (!existsSync(folder)) await buildAside(folder, build);
    });
  }
  const now = new Date();
  utimesSync(folder, now, now);
  prune(kindFolder);
  return folder;
}

async function buildAside(folder, build) {
  const half = path.join(path.dirname(folder), `.${path.basename(folder)}-${process.pid}`);
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  try {
    await build(half);
    if (!existsSync(folder)) renameSync(half, folder);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}
