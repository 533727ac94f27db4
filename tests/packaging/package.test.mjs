import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { PackageContent } from '../support/package-content.mjs';

const MAX_PACKED = 700 * 1024;
const MAX_UNPACKED = 2 * 1024 * 1024;
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare'];
const DOCUMENTS = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'];

describe('The packed plugin', () => {
  let content;
  before(async () => (content = await PackageContent.open()));
  after(() => content.close());

  const scripts = () => content.files.filter((file) => /\.(js|mjs|cjs)$/.test(file));

  it('holds only what was built and what users read', () => {
    const others = content.files.filter((file) => !file.startsWith('dist/'));
    for (const file of others) assert.ok(DOCUMENTS.includes(file), file);
    for (const needed of ['package.json', 'README.md', 'LICENSE']) {
      assert.ok(others.includes(needed), `${needed} is missing`);
    }
    const strange = content.files.filter((file) =>
      /\.(tsx?|rs|map|tgz|log|node|so|dll|dylib)$/.test(file),
    );
    assert.deepEqual(
      strange.filter((file) => !file.endsWith('.d.ts')),
      [],
    );
  });

  it('runs nothing when it is installed', () => {
    const named = Object.keys(content.manifest.scripts ?? {});
    assert.deepEqual(
      named.filter((name) => INSTALL_SCRIPTS.includes(name)),
      [],
    );
    assert.equal(content.manifest.gypfile, undefined);
    assert.equal(content.files.includes('binding.gyp'), false);
  });

  it('says what it exports, and every file of that is there', () => {
    for (const [name, target] of Object.entries(content.manifest.exports)) {
      if (typeof target === 'string') continue;
      for (const condition of ['import', 'require', 'default']) {
        const file = target[condition].replace(/^\.\//, '');
        assert.ok(content.files.includes(file), `${name}: ${file} is missing`);
      }
    }
  });

  it('is a Strapi plugin by its manifest', () => {
    const { strapi, name, license, peerDependencies } = content.manifest;
    assert.equal(name, 'strapi-plugin-magic-sessionmanager');
    assert.equal(license, 'MIT');
    assert.equal(strapi.kind, 'plugin');
    assert.equal(strapi.name, 'magic-sessionmanager');
    assert.ok(peerDependencies['@strapi/strapi']);
  });

  it('stays small', () => {
    assert.ok(content.packedSize <= MAX_PACKED, `${content.packedSize} bytes packed`);
    assert.ok(content.unpackedSize <= MAX_UNPACKED, `${content.unpackedSize} bytes unpacked`);
  });

  it('tells nothing of the machine that built it', () => {
    const places = [ROOT, homedir(), process.cwd()].filter((place) => place.length > 1);
    for (const file of content.files) {
      const bytes = content.read(file);
      for (const place of places) {
        assert.equal(bytes.includes(place), false, `${file} names ${place}`);
      }
      assert.equal(bytes.includes('.cargo/registry'), false, `${file} names a cargo folder`);
    }
  });

  it('makes no code from text', () => {
    for (const file of scripts()) {
      const text = content.read(file).toString();
      assert.equal(/\beval\s*\(|\bnew Function\s*\(/.exec(text)?.[0], undefined, file);
    }
  });
});
