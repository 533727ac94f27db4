import { copyFileSync, linkSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * Copies a tree of folders with hard links for its files, which is fast and takes no space.
 *
 * Names in `copied` are copied for real: files that someone will write to in place.
 * `isLeftOut(path, entry)` tells which files and folders are not copied at all.
 */
export function linkTree(from, to, options = {}) {
  const { copied = [], isLeftOut = () => false } = options;
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name);
    const target = path.join(to, entry.name);
    if (isLeftOut(source, entry)) continue;
    if (entry.isDirectory()) linkTree(source, target, options);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (copied.includes(entry.name)) copyFileSync(source, target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source, target) {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target); // a file system without hard links
  }
}
