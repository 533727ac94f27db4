import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLIENT } from '../harness/databases/database.mjs';
import { assertRefused, assertStatus } from '../harness/clients/assertions.mjs';
import { TestServer } from '../harness/strapi/test-server.mjs';

const SCHEMA = 'tenant';

const itsSchema = () => {
  let server;
  before(async () => {
    server = await TestServer.prepare({
      mode: 'refresh',
      config: { maxSessionsPerUser: 2, terminatedRetentionDays: 0 },
      env: { DATABASE_SCHEMA: SCHEMA },
    });
    await server.database.create();
    server.database.run(`CREATE SCHEMA ${SCHEMA}`);
    await server.boot();
    await server.admin.register();
  });
  after(() => server.dispose());

  it('holds all tables', () => {
    const rows = server.database.rows(
      `SELECT DISTINCT schemaname AS name FROM pg_tables WHERE tablename LIKE 'magic%'`,
    );
    assert.deepEqual(
      rows.map(({ name }) => name),
      [SCHEMA],
    );
  });

  it('is where sessions are listed, searched, refreshed, terminated and deleted', async () => {
    const { username, json } = await server.users.register();
    const { jwt, refreshToken } = await server.users.login(username);
    const pair = await server.users.refresh(refreshToken);
    for (const query of ['', `_q=${username}`, '_q=chrome', '_q=127.', 'sort=terminatedAt:desc']) {
      const answer = await server.admin.list(query);
      assertStatus(answer, 200);
      assert.equal(answer.json.meta.pagination.total, 2, query);
    }
    assertStatus(await server.users.own(pair.jwt, 'POST', '/logout-others'), 200);
    assertRefused(await server.users.me(json.jwt), 'logout_others');
    const [{ id }] = await server.admin.sessionsOf(json.user.id);
    assertStatus(await server.admin.terminate(id), 200);
    assertRefused(await server.users.me(jwt), 'admin');
    server.database.run(
      `UPDATE ${SCHEMA}.magic_sessionmanager_sessions SET terminated_at_ms = terminated_at_ms - 3600000`,
    );
    assert.equal((await server.admin.cleanUp()).deleted, 2);
    assertStatus(await server.admin.status(), 200);
  });
};

if (CLIENT === 'postgres') describe('A schema other than the default one', itsSchema);
