import { readFileSync } from 'node:fs';
import path from 'node:path';
import { keyOf } from '../cache/hash.mjs';
import { ROOT } from '../paths.mjs';
import { nativeTarget } from '../tools/native.mjs';
import { linkTree } from './link-tree.mjs';

/** The file in which npm notes what it installed; it writes to it in place. */
const NPM_NOTES = '.package-lock.json';

/** Names the packages of the test app: the lock file, and what native modules are built for. */
export function installKey() {
  return keyOf(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'), nativeTarget());
}

/**
 * Links the packages below a folder into an app. By default these are the packages of the
 * repository: the test app is one of its workspaces. npm removes the surplus ones at its next install.
 */
export function linkPackages(appFolder, from = ROOT) {
  const target = path.join(appFolder, 'node_modules');
  linkTree(path.join(from, 'node_modules'), target, { copied: [NPM_NOTES], isLeftOut });
}

/** A workspace stands among the packages as a link to its folder. */
function isLeftOut(source, entry) {
  return entry.isSymbolicLink() && path.basename(path.dirname(source)) === 'node_modules';
}
