import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRefused, assertStatus } from '../../harness/clients/assertions.mjs';
import { tablesOf } from '../../harness/sql/catalog.mjs';
import { inBothModes } from '../../harness/strapi/modes.mjs';
import { TestServer } from '../../harness/strapi/test-server.mjs';
import { until } from '../../harness/process/until.mjs';

const OURS = /magic-sessionmanager: Strapi [\d.]+ calls past the plugin at/;

const LEGACY = 'legacy-support';
const REFRESH = 'refresh';

/** What is replaced in which mode, and the functions that the line then names. */
const REPLACED = [
  {
    mode: LEGACY,
    replaced: ['issue is replaced', 'the login is replaced', 'the middlewares are replaced'],
    named: [
      'plugin::users-permissions.jwt.issue',
      'plugin::users-permissions.auth.callback',
      'strapi.server.app.middleware',
    ],
  },
  {
    mode: REFRESH,
    replaced: ['the session manager is replaced', 'the logout is replaced', 'issue is replaced'],
    named: [
      'strapi.sessionManager.generateRefreshToken',
      'strapi.sessionManager.rotateRefreshToken',
      'strapi.sessionManager.generateAccessToken',
      'admin::session',
      'plugin::users-permissions.jwt.issue',
    ],
  },
  {
    mode: LEGACY,
    replaced: ['verify is renamed'],
    named: ['plugin::users-permissions.jwt.verify'],
  },
  {
    mode: REFRESH,
    replaced: ['verify has another name beside its own'],
    named: ['plugin::users-permissions.jwt.verify'],
  },
  {
    mode: LEGACY,
    replaced: ['the reading of users is replaced'],
    named: ['plugin::users-permissions.user.fetchAuthenticatedUser'],
  },
  {
    mode: LEGACY,
    replaced: ['authenticate is replaced'],
    named: ['strapi.auth.authenticate'],
  },
  {
    mode: REFRESH,
    replaced: ['lifecycles are replaced'],
    named: ['strapi.db.lifecycles.run'],
  },
];

const variables = (replaced) => ({ REPLACE_FUNCTIONS: replaced.join(',') });

/** The names of functions in the plugin's line. */
const namesIn = (line) => [...line.matchAll(/(\S+) \(/g)].map(([, name]) => name);

describe('A Strapi that calls past the plugin', { concurrency: false }, () => {
  for (const { mode, replaced, named } of REPLACED) {
    it(`does not start in production: ${replaced.join(', ')} (${mode})`, async () => {
      const server = await TestServer.prepare({ mode, env: variables(replaced) });
      try {
        const process = await server.launch();
        await assert.rejects(process.ready(), /ended with 1/);
        const lines = process.log.split('\n').filter((line) => OURS.test(line));
        assert.equal(lines.length, 1, process.log);
        assert.match(lines[0], /error: magic/);
        assert.equal(process.log.split('error:').length, 2, process.log);
        assert.deepEqual(namesIn(lines[0]).sort(), [...named].sort());
        assert.match(lines[0], /The start was stopped/);
        assert.doesNotMatch(process.log, /^\s+at /m);
        for (const { total } of rowsOf(server)) assert.equal(total, 0);
      } finally {
        await server.dispose();
      }
    });
  }
});

/** The tables in which a trial might leave something. */
function rowsOf(server) {
  const tables = tablesOf(server.database)
    // Permissions are granted, jobs are prepared and values are written at every start.
    .filter((name) => /^(magic_|strapi_sessions$|up_users$)/.test(name))
    .filter((name) => !/grants|jobs|seal_counts|values/.test(name));
  assert.ok(tables.includes('magic_sessionmanager_sessions'), tables.join(', '));
  return tables.map((name) => ({
    name,
    total: Number(server.database.rows(`SELECT count(*) AS total FROM ${name}`)[0].total),
  }));
}

describe('Where an unprotected start is permitted', { concurrency: false }, () => {
  let server;
  after(() => server?.dispose());
  const unprotected = async () => (await server.admin.status()).json.data.unprotected;
  const errors = () => server.log.split('\n').filter((line) => OURS.test(line));

  it('it is said in the log at each start, and in the status', async () => {
    const env = variables(['issue is replaced']);
    server = await TestServer.start({ config: { strict: false }, env });
    await server.admin.register();
    assert.deepEqual(await unprotected(), ['plugin::users-permissions.jwt.issue']);
    assert.equal(errors().length, 1);
    await server.restart();
    await server.admin.login();
    assert.equal(errors().length, 1);
    assert.match(errors()[0], /error/);
    assert.match(errors()[0], /sessions are not protected there/);
    assert.deepEqual(await unprotected(), ['plugin::users-permissions.jwt.issue']);
  });

  it('it is said in development as well', async () => {
    await server.restart({ NODE_ENV: 'development', MAGIC_CONFIG: '{}' });
    await server.admin.login();
    assert.equal(errors().length, 1);
    assert.deepEqual(await unprotected(), ['plugin::users-permissions.jwt.issue']);
  });

  it('a password check or webhook call that the plugin does not see is a warning only', async () => {
    await server.restart({
      ...variables(['validatePassword is replaced', 'the webhook runner is replaced']),
      NODE_ENV: 'production',
      MAGIC_CONFIG: '{}',
    });
    await server.admin.login();
    assert.equal(errors().length, 1);
    assert.match(errors()[0], /warn/);
    assert.deepEqual(namesIn(errors()[0]), [
      'plugin::users-permissions.user.validatePassword',
      'strapi.webhookRunner.run',
    ]);
    assert.deepEqual(await unprotected(), []);
  });
});

inBothModes('An app that wraps every function once more', (mode) => {
  let server;
  before(async () => {
    const env = variables(['all are wrapped again']);
    server = await TestServer.start({ mode, config: {}, env });
    await server.admin.register();
  });
  after(() => server.dispose());

  it('starts, and no trial leaves a row', async () => {
    assert.doesNotMatch(server.log, OURS);
    assert.deepEqual((await server.admin.status()).json.data.unprotected, []);
    const { user, jwt } = await server.users.signUp();
    await server.stop();
    const known = rowsOf(server);
    await server.boot();
    assert.deepEqual(rowsOf(server), known);
    assertStatus(await server.users.me(jwt), 200);
    await server.admin.login();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    assertStatus(await server.admin.terminate(id), 200);
    assertRefused(await server.users.me(jwt), 'admin');
  });
});

describe('An app that starts the server itself', { concurrency: false }, () => {
  let server;
  before(async () => (server = await TestServer.prepare()));
  after(() => server.dispose());

  it('has requests answered 503 before all is proven', async () => {
    await server.boot(variables(['the server is started early', 'tokens are read from a cookie']));
    assert.match(server.log, /early answer: 503, retry after 5/);
    assert.doesNotMatch(server.log, OURS);
    const { jwt } = await server.users.signUp();
    const headers = { cookie: `token=${jwt}` };
    assertStatus(await server.request('GET', '/api/users/me', { headers }), 200);
  });

  it('is served from the first request on if all is proven', async () => {
    await server.restart(variables(['the server is started otherwise']));
    assertStatus(await server.users.me((await server.users.signUp()).jwt), 200);
  });

  it('is answered 503 for ever if it is not, and the log says so once', async () => {
    await server.stop();
    const process = await server.launch(
      variables(['the server is started otherwise', 'issue is replaced']),
    );
    const answer = await until('it answers', () =>
      server.request('GET', '/_health').catch(() => null),
    );
    assertStatus(answer, 503);
    assertStatus(await server.request('GET', '/api/articles'), 503);
    const lines = () => process.log.split('\n').filter((line) => OURS.test(line));
    // It answers 503 before all is tried as well.
    await until('the log says so', () => lines().length > 0);
    assertStatus(await server.request('GET', '/api/articles'), 503);
    assert.equal(lines().length, 1);
  });
});
