import { mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { comparedApp, overlaidApp, startRegistered } from '../harness/comparison/compared-app.mjs';
import { capture } from '../harness/process/run.mjs';

comparedApp('An app in TypeScript', {
  makeApp: compiledApp,
  // Strapi's command knows that what it has to start is in `dist`.
  start: (options) => startRegistered({ ...options, byCommand: true }),
  requests: [
    {
      title: 'a user asks for the profile',
      send: ({ jwt }) => ({ method: 'GET', path: '/api/profile', bearer: jwt }),
      status: 200,
    },
  ],
});

/** Compiles without a check of types, which the matrix does. */
async function compiledApp() {
  const app = await overlaidApp('typescript');
  const compiler = createRequire(path.join(app, 'package.json')).resolve('typescript/bin/tsc');
  await capture(process.execPath, [compiler, '--project', app, '--noCheck'], { cwd: app });
  // Strapi keeps the admin panel of such a project there.
  mkdirSync(path.join(app, 'dist'), { recursive: true });
  symlinkSync(path.join(app, 'build'), path.join(app, 'dist', 'build'));
  return app;
}
