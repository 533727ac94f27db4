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
 * It is built under another name and moved into place whole, so a broken build leaves nothing
 * behind and a second process never sees half of it.
 */
export async function cached(kind, key, build) {
  const kindFolder = path.join(CACHE, kind);
  const folder = path.join(kindFolder, key);
  if (!existsSync(folder)) {
    const half = path.join(kindFolder, `.${key}-${process.pid}`);
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { recursive: true });
    try {
      await build(half);
      if (!existsSync(folder)) renameSync(half, folder);
    } finally {
      rmSync(half, { recursive: true, force: true });
    }
  }
  const now = new Date();
  utimesSync(folder, now, now);
  prune(kindFolder);
  return folder;
}
