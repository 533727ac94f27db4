/**
 * Measures the core in pkg/ against node:crypto doing the same work, and prints a table.
 *
 * `npm run bench:core` prints; `-- --write` also puts the table into BENCHMARKS.md, one section for each major
 * version of Node. Each pair is measured in turns within one run, so that a busy machine slows both alike; what is
 * compared is the median of the ratios. Runs on Node 18 and later.
 */
import { randomBytes, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { NodeSealer } from '../../tests/harness/core/node-crypto.mjs';
import { toTable } from '../../tests/harness/markdown/table.mjs';
import { machine, writeSection } from '../lib/bench/report.mjs';
import { compare, quartiles, timed } from '../../tests/harness/comparison/measure.mjs';
import { ROOT } from '../../tests/harness/paths.mjs';

const TOKEN_BYTES = 308;
const NOW = 1_700_000_000_000;
const PKG = path.join(ROOT, 'pkg');
const SESSIONS = 1_000_000;
const WASM_PAGE = 65_536;
const KIB = 1024;
const MIB = KIB * KIB;

// Node 18 has no global crypto in modules.
globalThis.crypto ??= webcrypto;

const wasm = await import(pathToFileURL(path.join(PKG, 'magic_sessionmanager.js')).href);
const bytes = readFileSync(path.join(PKG, 'magic_sessionmanager_bg.wasm'));
const { memory } = wasm.initSync({ module: bytes });
const master = randomBytes(32);
const settings = wasm.parseSettings({});
const core = new wasm.Core(settings, {
  kind: 'configured',
  key: master.toString('base64'),
});
const node = new NodeSealer(master);
const place = [core.newSessionId(), 'accessToken'];
const token = randomBytes(TOKEN_BYTES).toString('base64url').slice(0, TOKEN_BYTES);

const rows = [...speed(), ...size(), ...growth()];
const table = toTable(['what', 'core', 'node:crypto', 'core ÷ node:crypto (middle half)'], rows);
console.log(`${machine()}\n\n${table}`);
if (process.argv.includes('--write')) write();

/** Measures sealing and opening in pairs, and the check of a request alone. */
function speed() {
  const envelope = core.seal(...place, token);
  if (node.open(...place, envelope) !== token) throw new Error('the two do not do the same work');
  const pairs = {
    [`seal a token of ${TOKEN_BYTES} bytes`]: [
      () => core.seal(...place, token),
      () => node.seal(...place, token),
    ],
    [`open a token of ${TOKEN_BYTES} bytes`]: [
      () => core.open(...place, envelope),
      () => node.open(...place, envelope),
    ],
  };
  const compared = Object.entries(pairs).map(([what, [ours, theirs]]) => {
    const { one, other, ratio } = compare(ours, theirs);
    const spread = `${ratio.median.toFixed(2)} (${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})`;
    return [what, micros(one.median), micros(other.median), spread];
  });
  const check = quartiles(Array.from({ length: 101 }, () => timed(checkRequest, 20_000)));
  const sessions = columns();
  const judge = () => wasm.impact(settings, sessions, NOW, NOW + 86_400_000);
  const impact = quartiles(Array.from({ length: 11 }, () => timed(judge, 1)));
  const start = quartiles(Array.from({ length: 21 }, () => timed(instantiate, 1)));
  return [
    ...compared,
    ['check a request', `${check.median.toFixed(0)} ns`, '', ''],
    ['impact of settings on a million sessions', `${(impact.median / 1e6).toFixed(0)} ms`, '', ''],
    ['compile and instantiate', `${(start.median / 1e6).toFixed(1)} ms`, '', ''],
  ];
}

/** Makes sessions of all ages, a third in each state. */
function columns() {
  const ages = Float64Array.from({ length: SESSIONS }, (_, at) => at * 4000);
  return {
    states: Uint8Array.from(ages, (_, at) => at % 3),
    loggedInAtMs: ages.map((age) => NOW - age - 60_000),
    lastSeenAtMs: ages.map((age) => NOW - age),
    terminatedAtMs: ages.map((age) => NOW - age),
    keepUntilMs: ages.map(() => 0),
  };
}

function checkRequest() {
  core.checkRequest(0, NOW - 60_000, NOW - 1000, NOW - 1000, 0, NOW);
}

/** Does what loading the module does, beside the instance in use; its bytes are new, so that no cache knows them. */
function instantiate() {
  const module = new WebAssembly.Module(withNewSection());
  const nothing = () => undefined;
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module))
    (imports[from] ??= {})[name] = nothing;
  return new WebAssembly.Instance(module, imports);
}

/** Appends a custom section of random content, which WebAssembly ignores. */
function withNewSection() {
  const content = Buffer.concat([Buffer.from([1]), Buffer.from('x'), randomBytes(16)]);
  return Buffer.concat([bytes, Buffer.from([0, content.length]), content]);
}

function size() {
  const gzipped = gzipSync(bytes, { level: 9 }).length;
  return [
    ['size of the binary', `${(bytes.length / KIB).toFixed(1)} KiB`, '', ''],
    ['size of the binary, gzip', `${(gzipped / KIB).toFixed(1)} KiB`, '', ''],
  ];
}

/** Measures what many calls leave behind in the module's memory and in the process's heap. */
function growth() {
  const used = () => {
    globalThis.gc?.();
    return { pages: memory.buffer.byteLength / WASM_PAGE, heap: process.memoryUsage().heapUsed };
  };
  const before = used();
  for (let call = 0; call < 10_000_000; call += 1) checkRequest();
  for (let call = 0; call < 200_000; call += 1) core.seal(...place, token);
  const after = used();
  const heap = ((after.heap - before.heap) / MIB).toFixed(1);
  const collected = globalThis.gc ? 'after a collection' : 'without a collection';
  return [
    [
      'growth over 10 million checks and 200 000 seals',
      `${after.pages - before.pages} pages of ${before.pages}; heap ${heap} MiB (${collected})`,
      '',
      '',
    ],
  ];
}

function micros(nanoseconds) {
  return `${(nanoseconds / 1000).toFixed(2)} µs`;
}

function write() {
  const [major] = process.versions.node.split('.');
  const section = `## The core, on Node ${major}\n\n${machine()}\n\n${table}`;
  writeSection(`bench:core node ${major}`, section);
}
