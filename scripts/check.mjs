/** Runs every check that needs no server: format, lint, types, documentation, freshness. */
import path from 'node:path';
import { cargoDeny } from './lib/tools/cargo-deny.mjs';
import { ROOT } from '../tests/harness/paths.mjs';
import { ensureRootInstall, requireNode, setUpOrExit } from './lib/set-up/root-setup.mjs';
import { stream } from '../tests/harness/process/run.mjs';
import { ensureWasmTarget } from './lib/tools/rust.mjs';

requireNode();
let deny;
await setUpOrExit(ensureRootInstall, ensureWasmTarget, async () => (deny = await cargoDeny()));

const tool = (...parts) => [process.execPath, path.join(ROOT, 'node_modules', ...parts)];
const STRICT_DOCS = { RUSTDOCFLAGS: '-D warnings' };
const CLIPPY = ['cargo', 'clippy', '--locked'];

/** Name, command line and added environment of every check. */
const CHECKS = [
  ['prettier', [...tool('prettier', 'bin', 'prettier.cjs'), '--check', '.']],
  ['prose', [process.execPath, 'scripts/lint-prose.mjs']],
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
  ['cargo fmt', ['cargo', 'fmt', '--check']],
  ['clippy', [...CLIPPY, '--all-targets', '--', '-D', 'warnings']],
  ['clippy for wasm32', [...CLIPPY, '--target', 'wasm32-unknown-unknown', '--', '-D', 'warnings']],
  ['cargo doc', ['cargo', 'doc', '--locked', '--no-deps'], STRICT_DOCS],
  ['cargo deny', [deny, '--locked', 'check', 'licenses', 'bans', 'sources']],
  ['pkg is built from src', [process.execPath, 'scripts/build-wasm.mjs', '--check']],
  ['docs/openapi.json is built', [process.execPath, 'scripts/build-openapi.mjs', '--check']],
];

const failed = [];
for (const [name, [command, ...args], env] of CHECKS) {
  console.log(`▸ ${name}`);
  const { code } = await stream(command, args, { cwd: ROOT, env: { ...process.env, ...env } });
  if (code !== 0) failed.push(name);
}
console.log(failed.length === 0 ? 'All checks pass.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
