/** Runs every check that needs no server: format, lint, types, documentation, freshness. */
import path from 'node:path';
import { ROOT } from '../tests/harness/paths.mjs';
import { capture } from '../tests/harness/process/run.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from './lib/set-up/root-setup.mjs';
import { cargoDeny } from './lib/tools/cargo-deny.mjs';
import { ensureOldestRust, ensureWasmTarget } from './lib/tools/rust.mjs';

requireNode();
let deny;
let oldestRust;
await setUpOrExit(
  ensureWasmTarget,
  async () => (deny = await cargoDeny()),
  async () => (oldestRust = await ensureOldestRust()),
);

const script = (...parts) => [process.execPath, ...parts];
const tool = (...parts) => script(path.join(ROOT, 'node_modules', ...parts));
const STRICT_DOCS = { RUSTDOCFLAGS: '-D warnings' };
const CLIPPY = ['cargo', 'clippy', '--locked'];

/** The toolchain compiles what clippy cannot compare with rust-version: language and libraries. */
const OF_OLDEST_RUST = [oldestRust].filter(Boolean).map((version) => {
  const command = ['cargo', 'check', '--locked', '--all-features'];
  return [`cargo check by Rust ${version}`, command, { RUSTUP_TOOLCHAIN: version }];
});

/** Checks of the core: name, command line and added environment. */
const OF_RUST = [
  ['cargo fmt', ['cargo', 'fmt', '--check']],
  ['cargo deny', [deny, '--locked', 'check', 'licenses', 'bans', 'sources']],
  ['clippy', [...CLIPPY, '--all-targets', '--', '-D', 'warnings']],
  ['clippy for wasm32', [...CLIPPY, '--target', 'wasm32-unknown-unknown', '--', '-D', 'warnings']],
  ['cargo doc', ['cargo', 'doc', '--locked', '--no-deps'], STRICT_DOCS],
  ...OF_OLDEST_RUST,
];

/** Checks that run in Node and need the packages. */
const OF_NODE = [
  ['prettier', [...tool('prettier', 'bin', 'prettier.cjs'), '--check', '.']],
  ['prose', script('scripts/lint-prose.mjs')],
  ['eslint', [...tool('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.']],
  [
    'imports run one way',
    [
      ...tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
      ...['--config', '.dependency-cruiser.mjs', 'plugin', 'scripts', 'tests'],
    ],
  ],
  ...['plugin/server', 'plugin/admin']
    .map((side) => [`types of ${side}`, `${side}/tsconfig.json`])
    .map(([name, project]) => [
      name,
      [...tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', project],
    ]),
  ['docs/openapi.json is built', script('scripts/build-openapi.mjs', '--check')],
];

/** This check needs Rust and the packages. */
const OF_BOTH = [['pkg is built from src', script('scripts/build-wasm.mjs', '--check')]];

const failed = [];

/** Runs checks one after another, and prints the output of each once it is done. */
async function run(checks) {
  for (const [name, [command, ...args], env] of checks) {
    const options = { cwd: ROOT, env: { ...process.env, ...env } };
    const outcome = await capture(command, args, options).catch((error) => {
      failed.push(name);
      return error.output ?? error.message;
    });
    console.log(`▸ ${name}\n${outcome}`.trimEnd());
  }
}

const packages = setUpOrExit(ensureRootInstall);
await Promise.all([
  run(OF_RUST)
    .then(() => packages)
    .then(() => run(OF_BOTH)),
  packages.then(() => run(OF_NODE)),
]);
console.log(failed.length === 0 ? 'All checks pass.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
