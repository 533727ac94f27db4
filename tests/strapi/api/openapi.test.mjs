import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv/dist/2020.js';
import { assertStatus } from '../../harness/clients/assertions.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { betweenCleanUps, until } from '../../harness/process/until.mjs';

const PLUGIN_PATH = /^(\/api)?\/magic-sessionmanager\//;

const FILE = new URL('../../../docs/openapi.json', import.meta.url);
const DOCUMENT = JSON.parse(readFileSync(FILE, 'utf8'));

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(DOCUMENT, 'openapi');

/** The operations of the document, each with its method in capitals and its path. */
const OPERATIONS = Object.entries(DOCUMENT.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({
    ...operation,
    method: method.toUpperCase(),
    path,
  })),
);

/** What is sent along where a route takes a body. */
const BODIES = {
  'session-terminateMatching': { filters: {}, dryRun: true },
  'settings-change': { settings: { strict: false } },
  'session-block': { blocked: false },
  'lock-openPlace': { ip: '203.0.113.7' },
  'lock-liftAddress': { ip: '203.0.113.7' },
};

const ofUsers = ({ path }) => path.startsWith('/api/');

/** Gives an operation's path with its parameters filled in, and a query if there is one. */
function addressOf({ path }, values, query = {}) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const parameters = new URLSearchParams(query).toString();
  return parameters ? `${filled}?${parameters}` : filled;
}

/** Finds the schema of an operation's answer by its status, as JSON Pointers write it. */
function schemaOf({ path, method }, status) {
  const parts = ['paths', path, method.toLowerCase(), 'responses', status];
  const pointer = [...parts, 'content', 'application/json', 'schema'].map((part) =>
    encodeURIComponent(String(part).replaceAll('/', '~1')),
  );
  return ajv.getSchema(`openapi#/${pointer.join('/')}`);
}

/** Asserts that the document has this answer: its status, its fields and its whole body. */
function assertDescribed(operation, answer) {
  const what = `${operation.operationId}, answered ${answer.status}: ${answer.text}`;
  const response = operation.responses[answer.status];
  assert.ok(response, what);
  for (const name of Object.keys(response.headers ?? {})) {
    // Only where a session has ended.
    if (name === 'X-Session-Terminated-Reason') continue;
    assert.ok(answer.headers[name.toLowerCase()], `no field ${name}: ${what}`);
  }
  const validate = schemaOf(operation, answer.status);
  assert.ok(validate(answer.json), `${ajv.errorsText(validate.errors)}: ${what}`);
}

describe('The description of the API in OpenAPI', { concurrency: false }, () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh' });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Signs a user up, and gives the token with what may stand in a path. */
  async function person() {
    const { jwt, user } = await server.users.signUp();
    const { id } = await server.users.currentSession(jwt);
    return { jwt, values: { id, sessionId: id, userId: user.id } };
  }

  /** Sends a request as a user or as an administrator, and checks that the answer is described. */
  async function call(operation, { jwt, values, query, body = BODIES[operation.operationId] }) {
    const address = addressOf(operation, values, query);
    if (operation.operationId === 'session-cleanInactive') await betweenCleanUps();
    const answer = ofUsers(operation)
      ? await server.request(operation.method, address, { bearer: jwt, body })
      : await server.admin.request(operation.method, address, body);
    assertDescribed(operation, answer);
    return answer;
  }

  it('is valid', async () => {
    const { valid, errors } = await new Validator().validate(DOCUMENT);
    assert.ok(valid, JSON.stringify(errors));
  });

  it('has the routes that Strapi has mounted, and no other', async () => {
    const { json: mounted } = await server.request('GET', '/api/observer/routes');
    const ofPlugin = mounted
      .filter(({ method, path }) => method !== 'HEAD' && PLUGIN_PATH.test(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    const described = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
    assert.deepEqual(described.sort(), ofPlugin.sort());
  });

  for (const operation of OPERATIONS) {
    it(`fits what ${operation.operationId} answers`, async () => {
      assertStatus(await call(operation, await person()), 200);
    });
  }

  it('has parameters that the routes take, and none that they do not look at', async () => {
    for (const operation of OPERATIONS) {
      const someone = await person();
      for (const { name, example, ...parameter } of operation.parameters) {
        if (parameter.in !== 'query') continue;
        assertStatus(await call(operation, { ...someone, query: { [name]: example } }), 200);
        const wrong = await call(operation, { ...someone, query: { [name]: 'x'.repeat(101) } });
        assertStatus(wrong, 400);
        assert.equal(wrong.json.error.details.field, name);
      }
    }
  });

  it('has every filter of the lists of administrators', async () => {
    for (const path of ['/magic-sessionmanager/sessions', '/magic-sessionmanager/journal']) {
      const { error } = (await server.admin.request('GET', `${path}?filters[none]=1`)).json;
      const { parameters } = OPERATIONS.find((operation) => operation.path === path);
      const filters = parameters.flatMap(({ name }) => /^filters\[(\w+)\]/.exec(name)?.[1] ?? []);
      assert.equal(error.message, `filters takes ${[...new Set(filters)].join(', ')}`);
    }
  });

  it('fits what is answered to bodies that are wrong', async () => {
    const someone = await person();
    // A logout does not look at its body where the access token tells the session.
    for (const operation of OPERATIONS.filter(({ requestBody }) => requestBody?.required)) {
      assertStatus(await call(operation, { ...someone, body: { nonsense: true } }), 400);
    }
  });

  it('fits what is answered to what is no id of a user', async () => {
    for (const operation of OPERATIONS.filter(({ path }) => path.includes('{userId}'))) {
      assertStatus(await call(operation, { values: { userId: 'x' } }), 400);
    }
  });

  it('fits what is answered where there is no such session or user', async () => {
    const { jwt } = await person();
    const values = { id: 'none', sessionId: 'none', userId: 999_999 };
    for (const operation of OPERATIONS.filter(({ path }) => path.includes('{'))) {
      const { status } = await call(operation, { jwt, values });
      // All of nobody's sessions are none.
      assert.equal(status, operation.responses[404] ? 404 : 200, operation.operationId);
    }
  });

  it('fits the answer to a token whose session is terminated', async () => {
    const someone = await person();
    assertStatus(await server.users.own(someone.jwt, 'POST', '/logout'), 200);
    for (const operation of OPERATIONS.filter(ofUsers)) {
      const answer = await call(operation, someone);
      assert.equal(answer.status, 401);
      assert.equal(answer.headers['x-session-terminated-reason'], 'logout');
    }
  });

  it('fits the answer to a user without the permission', async () => {
    const { values } = await person();
    const powerless = await server.admin.colleague('editor@example.test', 'strapi-editor');
    for (const operation of OPERATIONS) {
      const address = addressOf(operation, values);
      const stranger = await server.request(operation.method, address);
      assert.equal(stranger.status, ofUsers(operation) ? 403 : 401);
      assertDescribed(operation, stranger);
      if (ofUsers(operation)) continue;
      const refused = await powerless.request(operation.method, address);
      assert.equal(refused.status, 403);
      assertDescribed(operation, refused);
    }
  });

  it('fits what is answered while another instance cleans up', async () => {
    const holdUntilMs = Date.now() + 60_000;
    server.database.run(
      `UPDATE magic_sessionmanager_jobs SET holder = 'another', held_until_ms = ${holdUntilMs}`,
    );
    const cleanUp = OPERATIONS.find(({ operationId }) => operationId === 'session-cleanInactive');
    assertStatus(await call(cleanUp, {}), 409);
  });

  it('fits what is answered once a quota is used up', async () => {
    const someone = await person();
    const operation = OPERATIONS.find(({ operationId }) => operationId === 'my-session-find');
    const answer = await until('the quota is used up', async () => {
      const tried = await call(operation, someone);
      return tried.status === 429 && tried;
    });
    assert.ok(Number(answer.headers['retry-after']) > 0);
  });
});
