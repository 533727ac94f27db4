import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { comparedApp } from '../harness/comparison/compared-app.mjs';
import { pnpmMonorepo } from '../harness/app/pnpm-monorepo.mjs';

/** Packages are where their real path is, so a temporary folder that is a link would hide some. */
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-monorepo-')));

after(() => rmSync(folder, { recursive: true, force: true }));

comparedApp('An app in a monorepo of pnpm', { makeApp: () => pnpmMonorepo(folder) });
