/** Builds the plugin and packs it as npm would publish it; prints where the tarball is. */
import path from 'node:path';
import { packedPlugin } from '../tests/harness/app/packed-plugin.mjs';
import { ROOT } from '../tests/harness/paths.mjs';
import { ensureRootInstall, requireNode } from './lib/set-up/root-setup.mjs';

requireNode();
await ensureRootInstall();
const tarball = await packedPlugin();
console.log(`Packed: ${path.relative(ROOT, tarball)}`);
