import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listFiles } from '../cache/hash.mjs';
import { packedPlugin } from './packed-plugin.mjs';

/** The packed plugin, unpacked: what npm would hand to a user. */
export class PackageContent {
  #folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-package-'));

  /** Packs the plugin if needed and unpacks it into a temporary folder. */
  static async open() {
    const content = new PackageContent();
    content.tarball = await packedPlugin();
    execFileSync('tar', ['-xzf', content.tarball, '-C', content.#folder]);
    return content;
  }

  get root() {
    return path.join(this.#folder, 'package');
  }

  get manifest() {
    return JSON.parse(this.read('package.json').toString());
  }

  /** The files, as paths with forward slashes. */
  get files() {
    return listFiles(this.root).map((file) => file.split(path.sep).join('/'));
  }

  /** The entries of the tarball, with the letter that `ls` shows for their kind. */
  entries() {
    const lines = execFileSync('tar', ['-tvzf', this.tarball], { encoding: 'utf8' }).trim();
    return lines.split('\n').map((line) => ({ kind: line[0], name: line.split(/\s+/).at(-1) }));
  }

  get packedSize() {
    return statSync(this.tarball).size;
  }

  get unpackedSize() {
    return this.files.reduce((sum, file) => sum + this.read(file).length, 0);
  }

  read(file) {
    return readFileSync(path.join(this.root, file));
  }

  close() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
