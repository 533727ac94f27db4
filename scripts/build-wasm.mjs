/**
 * Builds pkg/ from src/ as wasm-pack.toml says. `--check` builds aside instead, and fails when pkg/ differs.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fflate from 'fflate';
import { listFiles } from '../tests/harness/cache/hash.mjs';
import { ROOT } from '../tests/harness/paths.mjs';
import { capture, step } from '../tests/harness/process/run.mjs';
import { replaceSection } from '../tests/harness/markdown/sections.mjs';
import { completeGlue } from './lib/wasm/glue.mjs';
import {
  MissingTool,
  RUST_TARGET,
  ensureToolchain,
  readManifest,
} from './lib/tools/wasm-toolchain.mjs';

const KIB = 1024;

/**
 * Returns the compiler flags: the manifest's own, and those that keep this machine's folders, and the name of its
 * package registry, out of the binary, so that its bytes are the same anywhere. Of several that fit a path the
 * compiler takes the last.
 */
async function rustFlags(own, env) {
  const sysroot = (await capture('rustc', ['--print', 'sysroot'], { env })).trim();
  const cargoHome = process.env.CARGO_HOME ?? path.join(homedir(), '.cargo');
  await capture('cargo', ['fetch', '--locked'], { cwd: ROOT, env });
  const registries = path.join(cargoHome, 'registry', 'src');
  const folders = [
    [cargoHome, '/cargo'],
    [sysroot, '/rust'],
    [ROOT, '/magic-sessionmanager'],
    ...readdirSync(registries).map((name) => [path.join(registries, name), '/crates']),
  ];
  const remapped = folders.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
  return [...own, ...remapped].join('\x1f');
}

/** Compiles, binds and optimises into a folder, and leaves there what pkg/ consists of. */
async function build(manifest, folder) {
  const { env, wasmOpt } = await ensureToolchain(manifest.tools);
  const {
    target,
    profile,
    rustflags,
    'out-name': name,
    'wasm-bindgen': bindFlags,
  } = manifest.build;
  const modes = ['--mode', 'no-install', '--no-opt', '--no-pack'];
  const output = ['--target', target, `--${profile}`, '--out-dir', folder, '--out-name', name];
  await step('compile the core to WebAssembly', async () =>
    capture('wasm-pack', ['build', ROOT, ...modes, ...output, '--', '--locked'], {
      cwd: ROOT,
      env: { ...env, CARGO_ENCODED_RUSTFLAGS: await rustFlags(rustflags, env) },
    }),
  );
  const compiled = await compiledModule(profile, env);
  const bound = ['--target', target, '--out-dir', folder, '--out-name', name];
  await step('bind it', () =>
    capture('wasm-bindgen', [compiled, ...bound, ...bindFlags], { cwd: ROOT, env }),
  );
  for (const extra of ['.gitignore', 'README.md', 'LICENSE'])
    rmSync(path.join(folder, extra), { force: true });
  const glue = path.join(folder, `${name}.js`);
  writeFileSync(glue, completeGlue(readFileSync(glue, 'utf8')));
  const wasm = path.join(folder, `${name}_bg.wasm`);
  await step('optimise it', () =>
    capture(process.execPath, [wasmOpt, wasm, '--output', wasm, ...manifest.optimize['wasm-opt']]),
  );
  const bytes = readFileSync(wasm);
  keepBudget(bytes, manifest.budget);
  writeBytesModule(folder, name, bytes);
  writePackageJson(folder, name);
}

/** Returns the path of the module as cargo has compiled it. */
async function compiledModule(profile, env) {
  const args = ['metadata', '--format-version', '1', '--no-deps'];
  const metadata = JSON.parse(await capture('cargo', args, { cwd: ROOT, env }));
  const file = `${metadata.packages[0].name.replaceAll('-', '_')}.wasm`;
  return path.join(metadata.target_directory, RUST_TARGET, profile, file);
}

/** Fails when the binary has outgrown the manifest's budget. */
function keepBudget(bytes, budget) {
  const sizes = { wasm: bytes.length, 'wasm-gzip': gzipSync(bytes, { level: 9 }).length };
  for (const [kind, size] of Object.entries(sizes)) {
    const limit = budget[kind];
    const text = `${kind}: ${size} bytes (${(size / KIB).toFixed(1)} KiB) of ${limit}`;
    if (size > limit) throw new Error(`The core is too large. ${text}`);
    console.log(`  ${text}`);
  }
}

/** Writes the binary as a module of text, which bundlers take in without knowing of WebAssembly. */
function writeBytesModule(folder, name, bytes) {
  const module = path.join(folder, `${name}_gzip`);
  // Node's own gzip gives other bytes with each version of zlib.
  const gzipped = Buffer.from(fflate.gzipSync(bytes, { level: 9, mtime: 0 }));
  writeFileSync(`${module}.js`, `export default '${gzipped.toString('base64')}';\n`);
  writeFileSync(
    `${module}.d.ts`,
    `/** ${name}_bg.wasm, gzipped, in base64. */\ndeclare const base64: string;\nexport default base64;\n`,
  );
}

function writePackageJson(folder, name) {
  const crate = readFileSync(path.join(ROOT, 'Cargo.toml'), 'utf8');
  const content = {
    name: 'magic-sessionmanager-core',
    version: /^version = "(.+)"$/m.exec(crate)[1],
    private: true,
    description:
      'The Rust core of magic-sessionmanager as WebAssembly. Built by scripts/build-wasm.mjs; not edited.',
    license: 'MIT',
    type: 'module',
    sideEffects: false,
    main: `${name}.js`,
    types: `${name}.d.ts`,
  };
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
}

/** Says which files of two folders differ. */
function differences(one, other) {
  const names = [...new Set([...listFiles(one), ...listFiles(other)])].sort();
  return names.filter((file) => !read(one, file)?.equals(read(other, file) ?? Buffer.alloc(0)));
}

function read(folder, file) {
  try {
    return readFileSync(path.join(folder, file));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

async function main() {
  const manifest = readManifest();
  const pkg = path.join(ROOT, manifest.build['out-dir']);
  const aside = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-pkg-'));
  try {
    await build(manifest, aside);
    if (process.argv.includes('--check')) {
      mkdirSync(pkg, { recursive: true });
      const stale = differences(pkg, aside);
      if (stale.length > 0) {
        throw new Error(
          `pkg/ is not what src/ gives: ${stale.join(', ')}. Run npm run build:wasm and commit it.`,
        );
      }
      console.log('✓ pkg/ is exactly what src/ gives');
    } else {
      replace(pkg, aside);
      nameChecksum(readFileSync(path.join(pkg, `${manifest.build['out-name']}_bg.wasm`)));
    }
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Writes the binary's checksum into docs/compatibility.md, for people who build it from source. */
function nameChecksum(bytes) {
  const page = path.join(ROOT, 'docs', 'compatibility.md');
  const line = `\`${createHash('sha256').update(bytes).digest('hex')}\``;
  writeFileSync(page, replaceSection(readFileSync(page, 'utf8'), 'wasm sha256', line));
}

/** Replaces what is in a folder, but not the folder: a watching process keeps its watch. */
function replace(folder, content) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    rmSync(path.join(folder, name), { recursive: true, force: true });
  cpSync(content, folder, { recursive: true });
}

try {
  await main();
} catch (error) {
  console.error(
    error instanceof MissingTool || !error.stack ? error.message : (error.message ?? error.stack),
  );
  process.exitCode = 1;
}
