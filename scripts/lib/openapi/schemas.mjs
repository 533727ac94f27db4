import path from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { PLUGIN } from '../../../tests/harness/paths.mjs';
import { withOptions } from './options.mjs';

/** Returns the named types of the plugin, and those they consist of, as schemas of OpenAPI by name. */
export function schemasOf(names) {
  const generator = createGenerator({
    path: path.join(PLUGIN, 'shared', 'public.ts'),
    tsconfig: path.join(PLUGIN, 'server', 'tsconfig.json'),
  });
  const schemas = names.map((name) => generator.createSchema(name).definitions);
  return inOrder(withOptions(adapted(Object.assign({}, ...schemas))));
}

/** Refers to schemas where OpenAPI keeps them, and writes links of the comments as plain words. */
function adapted(definitions) {
  const text = JSON.stringify(definitions)
    .replaceAll('"#/definitions/', '"#/components/schemas/')
    .replace(/\{@link (\w+)\}/g, '`$1`');
  return JSON.parse(text);
}

function inOrder(schemas) {
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}
