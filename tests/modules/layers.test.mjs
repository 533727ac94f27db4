import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { cruise } from 'dependency-cruiser';
import ruleSet from '../../.dependency-cruiser.mjs';

/** One forbidden import of each kind: the file that imports, and the file that it imports. */
const FORBIDDEN = [
  ['a circle', 'plugin/server/src/async/a.ts', 'plugin/server/src/async/b.ts', 'circle'],
  [
    'a store that asks a service',
    'plugin/server/src/stores/database/a.ts',
    'plugin/server/src/services/sessions/b.ts',
  ],
  [
    'a lower store that asks a higher one',
    'plugin/server/src/stores/database/sql/a.ts',
    'plugin/server/src/stores/database/b.ts',
  ],
  ['a store that asks the core', 'plugin/server/src/stores/memory/a.ts', 'plugin/shared/core.ts'],
  [
    'a service that asks a service above it',
    'plugin/server/src/services/settings/a.ts',
    'plugin/server/src/services/sessions/b.ts',
  ],
  [
    'a service that asks the composition',
    'plugin/server/src/services/sessions/a.ts',
    'plugin/server/src/compose/b.ts',
  ],
  [
    'a seam that asks a store',
    'plugin/server/src/seams/tokens/a.ts',
    'plugin/server/src/stores/database/b.ts',
  ],
  [
    'a controller that asks a store',
    'plugin/server/src/controllers/a.ts',
    'plugin/server/src/stores/database/b.ts',
  ],
  [
    'a route that asks a service',
    'plugin/server/src/routes/a.ts',
    'plugin/server/src/services/sessions/b.ts',
  ],
  [
    'a ground floor that knows sessions',
    'plugin/server/src/async/a.ts',
    'plugin/server/src/services/sessions/b.ts',
  ],
  [
    'a folder that nobody has placed',
    'plugin/server/src/drawer/a.ts',
    'plugin/server/src/strapi.ts',
  ],
  [
    'a shared part of the admin that knows a feature',
    'plugin/admin/src/ui/a.tsx',
    'plugin/admin/src/sessions/b.ts',
  ],
  [
    'a feature of the admin that asks a page',
    'plugin/admin/src/sessions/a.tsx',
    'plugin/admin/src/pages/b.tsx',
  ],
  ['a server that asks the admin', 'plugin/server/src/start/a.ts', 'plugin/admin/src/core/b.ts'],
  ['an admin that asks the server', 'plugin/admin/src/core/a.ts', 'plugin/server/src/strapi.ts'],
  ['a side that loads the core past plugin/shared', 'plugin/server/src/start/a.ts', 'pkg/core.js'],
  ['a contract that asks anything else', 'plugin/shared/contracts/a.ts', 'plugin/shared/core.ts'],
  ['a plugin that asks the tests', 'plugin/server/src/start/a.ts', 'tests/harness/b.mjs'],
  ['a harness that asks a test', 'tests/harness/a.mjs', 'tests/strapi/b.mjs'],
  ['a harness that asks a script', 'tests/harness/a.mjs', 'scripts/lib/b.mjs'],
  ['a suite that asks another', 'tests/strapi/a.mjs', 'tests/cluster/b.mjs'],
  ['a test that asks a script', 'tests/strapi/a.mjs', 'scripts/lib/b.mjs'],
  ['a script that asks a test', 'scripts/a.mjs', 'tests/strapi/b.mjs'],
];

/** Imports that are allowed, so that a rule that refuses everything is found out. */
const ALLOWED = [
  ['plugin/server/src/services/sessions/a.ts', 'plugin/server/src/stores/database/b.ts'],
  ['plugin/server/src/seams/tokens/a.ts', 'plugin/server/src/services/sessions/b.ts'],
  ['plugin/admin/src/sessions/a.tsx', 'plugin/admin/src/ui/b.tsx'],
  ['plugin/shared/core.ts', 'pkg/core.js'],
  ['tests/strapi/a.mjs', 'tests/harness/b.mjs'],
  ['scripts/a.mjs', 'tests/harness/b.mjs'],
];

describe('The layers of the code', () => {
  const folders = [];
  after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  /** Checks a tree that holds these files and no others. */
  async function check(files) {
    const folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-layers-'));
    folders.push(folder);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
    const roots = ['plugin', 'scripts', 'tests', 'pkg'].filter((root) =>
      Object.keys(files).some((name) => name.startsWith(`${root}/`)),
    );
    const { options, ...rules } = ruleSet;
    const { output } = await cruise(roots, {
      ...options,
      ruleSet: rules,
      validate: true,
      baseDir: folder,
      outputType: 'json',
    });
    return JSON.parse(output).summary.violations;
  }

  function filesWith(from, to) {
    const specifier = path.posix.relative(path.posix.dirname(from), to);
    const named = specifier.startsWith('.') ? specifier : `./${specifier}`;
    const text = `import { value } from '${named.replace(/\.tsx?$/, '')}';\nexport default value;\n`;
    return { [from]: text, [to]: 'export const value = 1;\n' };
  }

  for (const [title, from, to, kind] of FORBIDDEN) {
    it(`refuse ${title}`, async () => {
      const files = filesWith(from, to);
      if (kind === 'circle') files[to] += filesWith(to, from)[to];
      const violations = await check(files);
      assert.ok(
        violations.some((violation) => violation.from === from),
        JSON.stringify(violations),
      );
    });
  }

  it('let imports downwards pass', async () => {
    const files = Object.assign({}, ...ALLOWED.map(([from, to]) => filesWith(from, to)));
    assert.deepEqual(await check(files), []);
  });
});
