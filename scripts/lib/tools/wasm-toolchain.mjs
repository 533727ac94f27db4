import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'smol-toml';
import { CACHE, ROOT } from '../../../tests/harness/paths.mjs';
import { capture, step } from '../../../tests/harness/process/run.mjs';

/** The target for which the core is compiled. */
export const RUST_TARGET = 'wasm32-unknown-unknown';
const EXE = process.platform === 'win32' ? '.exe' : '';

/** Is thrown when something is missing that the build cannot get by itself; the message says how to get it. */
export class MissingTool extends Error {}

/** Reads our build manifest, wasm-pack.toml. */
export function readManifest() {
  return parse(readFileSync(path.join(ROOT, 'wasm-pack.toml'), 'utf8'));
}

/**
 * Makes sure that every tool of the manifest is there in exactly its version, and returns the environment in which
 * to run them and the path of wasm-opt's script.
 */
export async function ensureToolchain({ rust, binaryen, ...crates }) {
  const env = { ...process.env, ...(await ensureRust(rust)) };
  const folders = [
    await ensureTool('wasm-pack', 'wasm-pack', crates['wasm-pack'], ['--locked'], env),
    // Its own lock file names a package that registries no longer have, so cargo resolves it again.
    await ensureTool('wasm-bindgen-cli', 'wasm-bindgen', crates['wasm-bindgen'], [], env),
  ];
  env.PATH = [...folders, process.env.PATH].join(path.delimiter);
  return { env, wasmOpt: findWasmOpt(binaryen) };
}

async function ensureRust(version) {
  const active = await output('rustc', ['--version']);
  const env = active?.startsWith(`rustc ${version} `) ? {} : { RUSTUP_TOOLCHAIN: version };
  const libraries = await output(
    'rustc',
    ['--print', 'target-libdir', '--target', RUST_TARGET],
    env,
  );
  if (libraries && existsSync(libraries)) return env;
  if (!(await output('rustup', ['--version']))) {
    throw new MissingTool(
      `Building the WebAssembly core needs Rust ${version} with the target ${RUST_TARGET}. ` +
        'Install rustup from https://rustup.rs and run this again. ' +
        'To use the plugin or to change its TypeScript no Rust is needed: pkg/ is part of the repository.',
    );
  }
  await step(`install Rust ${version} for ${RUST_TARGET}`, () =>
    env.RUSTUP_TOOLCHAIN
      ? capture('rustup', [
          'toolchain',
          'install',
          version,
          '--profile',
          'minimal',
          '--target',
          RUST_TARGET,
        ])
      : capture('rustup', ['target', 'add', RUST_TARGET]),
  );
  return env;
}

/** The tools run for seconds and compile for minutes, so they are compiled without optimisation. */
const FAST_BUILD = {
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
};

async function ensureTool(crate, binary, version, flags, env) {
  const root = path.join(CACHE, 'tools', `${crate}-${version}`);
  const folder = path.join(root, 'bin');
  if (!existsSync(path.join(folder, binary + EXE))) {
    const args = ['install', crate, '--version', version, '--root', root, ...flags];
    await step(`compile ${crate} ${version} (once; some minutes)`, () =>
      capture('cargo', args, { env: { ...process.env, ...env, ...FAST_BUILD } }),
    );
  }
  return folder;
}

function findWasmOpt(version) {
  const require = createRequire(path.join(ROOT, 'package.json'));
  const script = locate(require, 'binaryen/bin/wasm-opt');
  if (!script)
    throw new MissingTool('wasm-opt is missing: run npm install in the root folder first.');
  const found = JSON.parse(
    readFileSync(path.join(script, '..', '..', 'package.json'), 'utf8'),
  ).version;
  if (found !== version) {
    throw new MissingTool(
      `binaryen is ${found} and wasm-pack.toml wants ${version}: run npm install.`,
    );
  }
  return script;
}

function locate(require, name) {
  try {
    return require.resolve(name);
  } catch {
    return null;
  }
}

/** Returns the trimmed output of a command, or null when it is missing or fails. */
async function output(command, args, env = {}) {
  try {
    return (await capture(command, args, { env: { ...process.env, ...env } })).trim();
  } catch {
    return null;
  }
}
