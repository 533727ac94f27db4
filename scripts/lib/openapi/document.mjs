import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PLUGIN } from '../../../tests/harness/paths.mjs';
import { OPERATIONS } from './operations.mjs';
import { PATH_PARAMETERS } from './parameters.mjs';
import { pluginRoutes } from './plugin-routes.mjs';
import { QUOTA_HEADERS, refusals } from './refusals.mjs';
import { schemasOf } from './schemas.mjs';

const KINDS = {
  'content-api': { tag: 'Front ends', security: 'user' },
  admin: { tag: 'Administrators', security: 'administrator' },
};

const SHOWN_TO_ALL = ['ErrorResponse', 'RefusalReason'];

/**
 * Returns the description of the plugin's API in OpenAPI 3.1.
 *
 * @throws Error where a route is not in the table of operations, or the other way round.
 */
export async function openApiDocument() {
  const routes = pluginRoutes();
  compare(
    routes.map(({ handler }) => handler),
    Object.keys(OPERATIONS),
  );
  return {
    openapi: '3.1.0',
    info: informationOf(JSON.parse(readFileSync(path.join(PLUGIN, 'package.json'), 'utf8'))),
    servers: [{ url: '/', description: 'Strapi, with `/api` as its `api.rest.prefix`' }],
    tags: Object.values(KINDS).map(({ tag }) => ({ name: tag })),
    paths: pathsOf(routes),
    components: {
      securitySchemes: {
        user: bearer('The token that users-permissions gave a user.'),
        administrator: bearer("An administrator's token."),
      },
      schemas: schemasOf([...new Set([...typesNamed(), ...SHOWN_TO_ALL])]),
    },
  };
}

function compare(routes, operations) {
  const unnamed = routes.filter((handler) => !operations.includes(handler));
  const unknown = operations.filter((handler) => !routes.includes(handler));
  if (unnamed.length > 0) throw new Error(`operations.mjs lacks ${unnamed.join(', ')}`);
  if (unknown.length > 0) throw new Error(`no route has the handler ${unknown.join(', ')}`);
}

function informationOf({ name, version, description, license }) {
  const url = 'https://opensource.org/license/mit';
  return { title: name, version, description, license: { name: license, url } };
}

function bearer(description) {
  return { type: 'http', scheme: 'bearer', description };
}

function typesNamed() {
  return Object.values(OPERATIONS).flatMap(({ body = [], answer }) => [body, answer].flat());
}

function pathsOf(routes) {
  const paths = {};
  for (const route of routes) {
    const operations = (paths[route.path] ??= {});
    operations[route.method.toLowerCase()] = operationOf(route);
  }
  return paths;
}

function operationOf({ type, path: route, handler, permission }) {
  const { does, query = [], body, isBodyOptional = false, ...rest } = OPERATIONS[handler];
  const { answer, refuses, isDeprecated } = rest;
  const { tag, security } = KINDS[type];
  const named = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => PATH_PARAMETERS[name]);
  return {
    operationId: handler.replace('.', '-'),
    tags: [tag],
    summary: `${does}.`,
    ...(isDeprecated && { deprecated: true }),
    ...(permission && { description: `Asks for the permission \`${permission}\`.` }),
    security: [{ [security]: [] }],
    parameters: [...named, ...query],
    ...(body && { requestBody: { required: !isBodyOptional, content: jsonOf([body]) } }),
    responses: {
      200: {
        description: 'Done.',
        ...(type === 'content-api' && { headers: QUOTA_HEADERS }),
        content: jsonOf([answer].flat()),
      },
      ...refusals(type, refuses),
    },
  };
}

function jsonOf(types) {
  const references = types.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const schema = references.length === 1 ? references[0] : { anyOf: references };
  return { 'application/json': { schema } };
}
