import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Lists the files under a folder, sorted, as relative paths; names in `skip` are left out. */
export function listFiles(folder, skip = []) {
  const files = [];
  const walk = (relative) => {
    for (const entry of readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      if (skip.includes(entry.name)) continue;
      const name = path.join(relative, entry.name);
      if (entry.isDirectory()) walk(name);
      else if (entry.isFile()) files.push(name);
    }
  };
  walk('');
  return files.sort();
}

/** Hashes the names and contents of files and folders; what does not exist counts as absent. */
export function hashPaths(paths, skip = []) {
  const hash = createHash('sha256');
  for (const one of paths) {
    if (!existsSync(one)) continue;
    const files = statSync(one).isDirectory() ? listFiles(one, skip) : [''];
    for (const file of files) {
      const content = readFileSync(path.join(one, file));
      hash.update(`${path.basename(one)}\0${file}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

/** Hashes a list of texts to a short key that is safe as a folder name. */
export function keyOf(...parts) {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);
}
