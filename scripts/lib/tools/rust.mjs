import { capture } from '../../../tests/harness/process/run.mjs';

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
