import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Returns the environment in which a native module compiles without a download of Node's headers,
 * when this Node was installed with them; empty otherwise.
 */
export function nativeBuildEnv() {
  const prefix = path.dirname(path.dirname(process.execPath));
  const header = path.join(prefix, 'include', 'node', 'node.h');
  return existsSync(header) ? { npm_config_nodedir: prefix } : {};
}

/** Names what a compiled module depends on: one build serves only one such target. */
export function nativeTarget() {
  return `${process.platform}-${process.arch}-abi${process.versions.modules}`;
}
