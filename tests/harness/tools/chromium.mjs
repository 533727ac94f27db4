import { existsSync } from 'node:fs';
import path from 'node:path';
import { aptInstall } from './apt.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Finds a Chromium on this machine: `$CHROMIUM`, Debian's place, or a known name on the PATH. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return candidates.find((candidate) => candidate && existsSync(candidate));
}

/** Returns a Chromium, installed by apt-get when that is possible; else says what is missing. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (await aptInstall('chromium')) {
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'The browser tests need Chromium: install it (Debian: `apt-get install chromium`), or set ' +
      'CHROMIUM to the path of a Chrome or Chromium.',
  );
}
