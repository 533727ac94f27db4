import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../../tests/harness/paths.mjs';
import { capture, step } from '../../../tests/harness/process/run.mjs';

const TARGET = 'wasm32-unknown-unknown';

/** Fails with one clear line when there is no Rust toolchain. */
export async function requireRust() {
  try {
    await capture('cargo', ['--version']);
  } catch {
    throw new Error('The Rust core needs a Rust toolchain: install one from https://rustup.rs.');
  }
}

/** Adds the target of WebAssembly where rustup can, since toolchains come without it. */
export async function ensureWasmTarget() {
  await requireRust();
  try {
    const installed = await capture('rustup', ['target', 'list', '--installed']);
    if (!installed.split(/\s+/).includes(TARGET))
      await capture('rustup', ['target', 'add', TARGET]);
  } catch {
    console.log(`rustup could not add ${TARGET}; going on, in case it is there without rustup.`);
  }
}

/**
 * Returns the toolchain that `rust-version` of Cargo.toml names, and installs it where rustup can;
 * otherwise null.
 */
export async function ensureOldestRust() {
  const manifest = readFileSync(path.join(ROOT, 'Cargo.toml'), 'utf8');
  const version = `${/^rust-version = "(\d+\.\d+)"$/m.exec(manifest)[1]}.0`;
  try {
    const installed = await capture('rustup', ['toolchain', 'list']);
    if (!installed.split('\n').some((line) => line.startsWith(`${version}-`))) {
      const args = ['toolchain', 'install', version, '--profile', 'minimal'];
      await step(`Installing Rust ${version}`, () => capture('rustup', args));
    }
    return version;
  } catch {
    console.log(`rustup could not install Rust ${version}; going on with clippy's view of it.`);
    return null;
  }
}
