import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLIENT } from '../harness/databases/database.mjs';
import { assertStatus } from '../harness/clients/assertions.mjs';
import { PASSWORD } from '../harness/clients/users.mjs';
import { STATEMENT_LOG, statementsIn } from '../harness/sql/statement-log.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

/** The tables that grow with the sessions. */
const LARGE = [
  'magic_sessionmanager_sessions',
  'magic_sessionmanager_rotations',
  'magic_sessionmanager_links',
  'magic_sessionmanager_login_limits',
  'magic_sessionmanager_login_places',
  'strapi_sessions',
];

/** How each database says that it reads a table from one end to the other. */
const SCAN = {
  sqlite: (table) => new RegExp(`^SCAN ${table}(?! USING)`, 'm'),
  postgres: (table) => new RegExp(`Seq Scan on ${table}\\b`),
}[CLIENT];

/** Small as the tables of a test are, PostgreSQL would rather read them whole if it could. */
const EXPLAIN = {
  sqlite: 'EXPLAIN QUERY PLAN ',
  postgres: 'SET enable_seqscan = off; EXPLAIN ',
}[CLIENT];

const plans = () => {
  let server;
  before(async () => {
    server = await TestServer.start({ mode: 'refresh', env: STATEMENT_LOG });
    await server.admin.register();
  });
  after(() => server.dispose());

  /** Does some work and gives the plans of its statements on the large tables, by statement. */
  async function plansOf(work) {
    const start = server.log.length;
    await work();
    const all = statementsIn(server.log.slice(start));
    const own = new Set(all.map((text) => text.replace(/[`]/g, '"')));
    const large = [...own].filter(
      (text) => !text.startsWith('insert') && LARGE.some((table) => text.includes(`"${table}"`)),
    );
    return large.map((text) => [text, planOf(text)]);
  }

  /** Which value stands in a statement does not matter, only that one does. */
  function planOf(statement) {
    const text = statement
      .replace(/(limit|offset) (\?|\$\d+)/g, '$1 1')
      .replace(/(_at" = )(\?|\$\d+)/g, '$1null')
      .replace(/\?|\$\d+/g, `'1'`);
    return server.database
      .rows(EXPLAIN + text)
      .map((row) => row.detail ?? row['QUERY PLAN'])
      .join('\n');
  }

  async function assertNoneIsRead(atLeast, work) {
    const plans = await plansOf(work);
    assert.ok(plans.length >= atLeast, `there were only ${plans.length} statements`);
    for (const [statement, plan] of plans) {
      for (const table of LARGE) assert.doesNotMatch(plan, SCAN(table), `${statement}\n${plan}`);
    }
    return plans.map(([statement]) => statement);
  }

  it('when users come, go on and leave', async () => {
    const statements = await assertNoneIsRead(10, async () => {
      const { username, json } = await server.users.register();
      const { jwt, refreshToken } = await server.users.login(username);
      assertStatus(await server.users.me(jwt), 200);
      await server.users.sessions(jwt);
      assertStatus(await server.users.own(jwt, 'GET', '/my-sessions?filters[state]=active'), 200);
      await server.users.currentSession(jwt);
      const pair = await server.users.refresh(refreshToken);
      const body = { identifier: username, password: PASSWORD, requestRefresh: true };
      const { pluginToken } = (await server.request('POST', '/api/auth/local', { body })).json;
      const renewal = { body: { pluginToken } };
      assertStatus(await server.request('POST', '/api/auth/local/refresh', renewal), 200);
      assertStatus(await server.users.me(pair.jwt), 200);
      assertStatus(await server.users.own(pair.jwt, 'POST', '/logout-others'), 200);
      assertStatus(await server.users.own(pair.jwt, 'POST', '/logout'), 200);
      assertStatus(await server.users.me(json.jwt), 401);
    });
    for (const table of LARGE) {
      const own = statements.filter((statement) => statement.includes(`"${table}"`));
      assert.ok(own.length > 0, table);
    }
  });

  it('when sessions are listed, searched and shown', async () => {
    const { user } = await server.users.signUp();
    await assertNoneIsRead(20, async () => {
      for (const query of [
        '',
        ...['loggedInAt', 'lastSeenAt', 'terminatedAt', 'state'].flatMap((field) => [
          `sort=${field}:asc`,
          `sort=${field}:desc`,
        ]),
        'filters[state]=active',
        'filters[state]=inactive&sort=loggedInAt:asc',
        'filters[state][$ne]=terminated',
        'filters[state][$in][]=active&filters[state][$in][]=inactive',
        'filters[device]=desktop',
        'filters[device][$ne]=desktop',
        'filters[ip][$in][]=127.0.0.1&filters[ip][$in][]=127.0.0.2',
        `filters[userId][$in][]=${user.id}&filters[userId][$in][]=999`,
        'filters[method][$notIn][]=register',
        'filters[loggedInAt][$eq]=2026-05-04',
        'filters[method]=register',
        'filters[ip]=127.0.0.1',
        `filters[userId]=${user.id}`,
        'filters[loggedInAt][$gte]=2020-01-01',
        'filters[terminatedAt][$gte]=2020-01-01',
        `_q=${user.username}`,
        '_q=127.0',
        '_q=chrome',
      ])
        assertStatus(await server.admin.list(query), 200);
      const [{ id }] = await server.admin.sessionsOf(user.id);
      assertStatus(await server.admin.session(id), 200);
      assertStatus(await server.admin.status(), 200);
    });
  });

  it('when sessions are terminated, marked inactive and deleted', async () => {
    const { user } = await server.users.signUp();
    const [{ id }] = await server.admin.sessionsOf(user.id);
    const long = Date.now() - 365 * 86_400_000;
    await assertNoneIsRead(8, async () => {
      const filters = { userId: user.id };
      assertStatus(await server.admin.terminateMatching({ filters, dryRun: true }), 200);
      assertStatus(await server.admin.terminate(id), 200);
      server.database.run(
        `UPDATE magic_sessionmanager_sessions SET terminated_at_ms = ${long} WHERE session_id = '${id}'`,
      );
      await server.admin.cleanUp();
    });
    assertStatus(await server.admin.session(id), 404);
  });
};

// MySQL reads small tables whole and cannot be told not to.
if (CLIENT !== 'mysql') describe('No table that grows with the sessions is read whole', plans);
