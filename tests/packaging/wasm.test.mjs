import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { PackageContent } from '../harness/app/package-content.mjs';

/** A long text of gzip in base64; the first bytes are those of the format (RFC 1952), without a time. */
const GZIP_IN_BASE64 = /H4sIAAAAAA[A-Za-z0-9+/]{1000,}={0,2}/;

const WASM = new URL('../../pkg/magic_sessionmanager_bg.wasm', import.meta.url);

/** What of the admin's bundles may be loaded with the panel, and with the settings page; gzipped. */
const MAX_FIRST_LOAD = 15 * 1024;
const MAX_MODULE = 120 * 1024;

describe('The WebAssembly module in the packed plugin', () => {
  let content;
  before(async () => (content = await PackageContent.open()));
  after(() => content.close());

  const textsUnder = (folder) =>
    content.files
      .filter((file) => file.startsWith(`dist/${folder}/`) && /\.m?js$/.test(file))
      .map((file) => ({ file, text: content.read(file).toString() }));

  const moduleIn = (text) => {
    const [base64] = GZIP_IN_BASE64.exec(text);
    return gunzipSync(Buffer.from(base64, 'base64'));
  };

  it('is inside the bundle of the server, and compiles', async () => {
    const holders = textsUnder('server').filter(({ text }) => GZIP_IN_BASE64.test(text));
    assert.deepEqual(
      holders.map(({ file }) => file),
      ['dist/server/index.js'],
    );
    const module = await WebAssembly.compile(moduleIn(holders[0].text));
    assert.ok(WebAssembly.Module.exports(module).length > 0);
  });

  it('is the one whose checksum the documentation names', () => {
    const sum = createHash('sha256').update(readFileSync(WASM)).digest('hex');
    const page = content.read('docs/compatibility.md').toString();
    assert.ok(page.includes(`\n\`${sum}\`\n`), sum);
    const [{ text }] = textsUnder('server').filter(({ text }) => GZIP_IN_BASE64.test(text));
    assert.deepEqual(moduleIn(text), readFileSync(WASM));
  });

  it('is in one chunk of the admin that only the settings page asks for', () => {
    const chunks = textsUnder('admin').filter(({ file }) => file.endsWith('.mjs'));
    const [holder, ...others] = chunks.filter(({ text }) => GZIP_IN_BASE64.test(text));
    assert.deepEqual(others, []);
    assert.deepEqual(moduleIn(holder.text), readFileSync(WASM));
    assert.ok(gzipSync(holder.text).length <= MAX_MODULE, 'it has grown too large');
    const name = holder.file.split('/').at(-1);
    const askers = chunks.filter(({ text }) => text.includes(name)).map(({ file }) => file);
    assert.equal(askers.length, 1);
    assert.match(askers[0], /SettingsPage/);
  });

  it('and the pages stay out of what the panel loads first', () => {
    const first = textsUnder('admin').filter(({ file }) => /\/(index|en)\b.*\.mjs$/.test(file));
    assert.ok(first.length >= 2);
    // What these import at once comes with them; what they import when it is asked for does not.
    for (const { text } of first) {
      for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) {
        const imported = textsUnder('admin').find(({ file }) => file.endsWith(`/${name}`));
        assert.ok(imported, name);
        if (!first.some(({ file }) => file === imported.file)) first.push(imported);
      }
    }
    const pages = first.filter(({ file }) => /Page|UserSessions-|ActivityWidget/.test(file));
    assert.deepEqual(pages, []);
    const bytes = gzipSync(first.map(({ text }) => text).join('')).length;
    assert.ok(bytes <= MAX_FIRST_LOAD, `${bytes} bytes`);
  });

  it('is never fetched, not even from its own address', () => {
    for (const file of content.files.filter((name) => /^dist\/.*\.m?js$/.test(name))) {
      const text = content.read(file).toString();
      const found = /\bfetch\s*\(|instantiateStreaming|compileStreaming|\.wasm['"`]/.exec(text);
      const excerpt = found && text.slice(found.index - 60, found.index + 60);
      assert.equal(excerpt, null, file);
    }
  });

  it('is not loaded from a file beside the bundles', () => {
    assert.deepEqual(
      content.files.filter((file) => file.endsWith('.wasm')),
      [],
    );
  });
});
