import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { PLUGIN } from '../../../tests/harness/paths.mjs';

const SERVER = path.join(PLUGIN, 'server', 'src');

/** Where Strapi mounts the routes of each type. */
const MOUNTED = { admin: '/magic-sessionmanager', 'content-api': '/api/magic-sessionmanager' };

/**
 * Reads the plugin's routes from its sources: of each its `method`, its `path` with parameters in
 * braces, its `handler`, its `type` and, for administrators, the `permission` it asks for.
 */
export function pluginRoutes() {
  const folder = mkdtempSync(path.join(tmpdir(), 'magic-sessionmanager-routes-'));
  try {
    mkdirSync(path.join(folder, 'routes'));
    const routes = readdirSync(path.join(SERVER, 'routes')).map((name) => `routes/${name}`);
    for (const file of [...routes, 'permissions.ts', 'strapi.ts']) translate(file, folder);
    const routers = createRequire(path.join(folder, 'index.js'))('./routes').default;
    return Object.values(routers).flatMap(routesOf);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function translate(file, folder) {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const source = readFileSync(path.join(SERVER, file), 'utf8');
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  writeFileSync(path.join(folder, file.replace(/ts$/, 'js')), outputText);
}

function routesOf({ type, routes }) {
  return routes.map(({ method, path: below, handler, config }) => ({
    type,
    method,
    path: MOUNTED[type] + below.replace(/:(\w+)/g, '{$1}'),
    // What is handed on to an action says to which.
    handler: handler.action ?? handler,
    permission: config.policies?.[1]?.config.actions[0] ?? null,
  }));
}
