import assert from 'node:assert/strict';
import { rmSync, symlinkSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../harness/paths.mjs';
import { PackageContent } from '../harness/app/package-content.mjs';

const MAX_PACKED = 1_100_000;
/** Without the tables of networks, which are not compressed in the package. */
const MAX_UNPACKED = 2 * 1024 * 1024;
const MAX_TABLES_PACKED = 300 * 1024;
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare'];
const TABLES = ['geo/SOURCES.md', 'geo/countries.bin', 'geo/hosting.bin'];
const DOCUMENTS = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'];

/** What stands in the repository alone: for those who work on the plugin, and pictures. */
const OF_REPOSITORY = /^(BENCHMARKS|CONTRIBUTING)\.md|^docs\/decisions\/|\.png$/;

describe('The packed plugin', () => {
  let content;
  before(async () => (content = await PackageContent.open()));
  after(() => content.close());

  const scripts = () => content.files.filter((file) => /\.(js|mjs|cjs)$/.test(file));

  it('holds only what was built and what users read', () => {
    const others = content.files.filter((file) => !/^(dist|docs)\//.test(file));
    assert.deepEqual(others.sort(), [...DOCUMENTS, ...TABLES].sort());
    assert.deepEqual(
      content.files.filter((file) => OF_REPOSITORY.test(file)),
      [],
    );
    const strange = content.files.filter((file) =>
      /\.(tsx?|rs|map|tgz|log|node|so|dll|dylib)$/.test(file),
    );
    assert.deepEqual(
      strange.filter((file) => !file.endsWith('.d.ts')),
      [],
    );
  });

  it('holds every page that its pages lead to', () => {
    for (const page of content.files.filter((file) => file.endsWith('.md'))) {
      const links = content
        .read(page)
        .toString()
        .matchAll(/\]\((?!\w+:|#)([^)#]+)/g);
      for (const [, link] of links) {
        const target = path.posix.join(path.posix.dirname(page), link);
        if (!OF_REPOSITORY.test(target))
          assert.ok(content.files.includes(target), `${page}: ${link}`);
      }
    }
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

  it('is one and the same server to import and to require', async () => {
    const { exports } = content.manifest;
    const fileOf = (condition) => path.join(content.root, exports['./strapi-server'][condition]);
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(content.root, 'node_modules'));
    try {
      const imported = await import(pathToFileURL(fileOf('import')).href);
      assert.equal(typeof imported.default.register, 'function');
      assert.equal(imported.default, createRequire(import.meta.url)(fileOf('require')).default);
    } finally {
      rmSync(path.join(content.root, 'node_modules'));
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
    const tables = content.files.filter((file) => file.endsWith('.bin'));
    const sizesBy = (sizeOf) => tables.reduce((sum, file) => sum + sizeOf(content.read(file)), 0);
    const unpacked = content.unpackedSize - sizesBy((table) => table.length);
    assert.ok(unpacked <= MAX_UNPACKED, `${unpacked} bytes unpacked`);
    const tablesPacked = sizesBy((table) => gzipSync(table, { level: 9 }).length);
    assert.ok(tablesPacked <= MAX_TABLES_PACKED, `${tablesPacked} bytes of tables packed`);
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

  it('runs on every system: it asks for none, starts nothing and names no place on a disk', () => {
    const ofOneSystem =
      /process\.(platform|arch)|node:(child_process|os)|__dirname|__filename|import\.meta\.url|\/bin\/|\/tmp\/|\b[A-Z]:\\\\/;
    for (const file of scripts()) {
      assert.equal(ofOneSystem.exec(content.read(file).toString())?.[0], undefined, file);
    }
  });

  it('unpacks on every system: plain files that none of them would mix up or refuse', () => {
    const entries = content.entries();
    assert.equal(entries.length, content.files.length);
    for (const { kind, name } of entries) {
      assert.equal(kind, '-', `${name} is no plain file`);
      assert.match(name, /^package\/[\w./-]+$/);
      assert.doesNotMatch(name, /(^|\/)(con|aux|nul|prn)\./i);
    }
    const spellings = new Set(entries.map(({ name }) => name.toLowerCase()));
    assert.equal(spellings.size, entries.length);
  });

  it('imports what it declares and nothing else, but for the examples', () => {
    const { dependencies, peerDependencies } = content.manifest;
    const allowed = {
      server: [...Object.keys(dependencies), ...builtinModules.map((name) => `node:${name}`)],
      admin: Object.keys(peerDependencies),
    };
    const imported =
      /(?:\brequire\(|\bimport\(|\bfrom ?|\bimport ?)(["'])(?<name>[@a-z][\w@/:.-]*)\1/g;
    for (const file of scripts().filter((name) => name.startsWith('dist/'))) {
      const [, side] = file.split('/');
      for (const { groups } of content.read(file).toString().matchAll(imported)) {
        const isAllowed = allowed[side].some(
          (name) => groups.name === name || groups.name.startsWith(`${name}/`),
        );
        assert.ok(isAllowed, `${file} imports ${groups.name}`);
      }
    }
  });

  it('makes no code from text', () => {
    for (const file of scripts()) {
      const text = content.read(file).toString();
      assert.equal(/\beval\s*\(|\bnew Function\s*\(/.exec(text)?.[0], undefined, file);
    }
  });
});
