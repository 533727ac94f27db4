import { copyFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TEST_APP } from '../paths.mjs';
import { isSource } from './prepared-app.mjs';
import { testApp } from './test-app.mjs';

/** What a copy shares with the prepared app: it is large, and no test changes it. */
const SHARED = ['node_modules', 'build'];

/**
 * Makes a temporary copy of the test app with the plugin installed, and returns its folder. The files of
 * the `overlay` folders come on top. It takes milliseconds, because packages and admin are links.
 */
export async function copyOfApp(...overlays) {
  const prepared = await testApp();
  const folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-app-'));
  cpSync(TEST_APP, folder, { recursive: true, filter: isSource });
  copyFileSync(path.join(prepared, 'package.json'), path.join(folder, 'package.json'));
  for (const name of SHARED) symlinkSync(path.join(prepared, name), path.join(folder, name));
  for (const overlay of overlays) cpSync(overlay, folder, { recursive: true });
  return folder;
}

/** Removes a copy; what it links to stays. */
export function removeCopy(folder) {
  rmSync(folder, { recursive: true, force: true });
}
